namespace RLTuner.Music;

/// <summary>
/// What happens at one step of a melody: a note starts, the sounding note ends, or nothing changes
/// (whatever sounds goes on sounding, silence goes on). The default value is <see cref="Hold"/>.
/// </summary>
public readonly record struct MelodyEvent
{
    private readonly short _code;

    private MelodyEvent(int code) => _code = (short)code;

    /// <summary>No event: the note or the silence goes on.</summary>
    public static MelodyEvent Hold => default;

    /// <summary>The sounding note ends.</summary>
    public static MelodyEvent NoteOff => new(1);

    /// <summary>Whether a note starts (an attack).</summary>
    public bool StartsNote => _code >= 2;

    /// <summary>Whether nothing changes.</summary>
    public bool IsHold => _code == 0;

    /// <summary>Whether the sounding note ends.</summary>
    public bool IsNoteOff => _code == 1;

    /// <summary>The pitch of the note that starts; meaningful only where <see cref="StartsNote"/>.</summary>
    public Pitch Pitch => new(_code - 2);

    /// <summary>A note starts.</summary>
    /// <param name="pitch">MIDI number 0 to 127.</param>
    public static MelodyEvent NoteOn(Pitch pitch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pitch.MidiNumber, nameof(pitch));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pitch.MidiNumber, 127, nameof(pitch));
        return new MelodyEvent(pitch.MidiNumber + 2);
    }

    /// <summary>The pitch's name, <c>off</c> or <c>hold</c>.</summary>
    public override string ToString() => StartsNote ? Pitch.ToString() : IsHold ? "hold" : "off";
}
