namespace RLTuner.Music;

/// <summary>
/// How a net numbers events: class 0 is a hold, class 1 a note off, class 2 the lowest pitch, and so on by semitones.
/// Which pitches and how many classes are properties of a trained net.
/// </summary>
/// <param name="Lowest">The pitch of class 2.</param>
/// <param name="ClassCount">Classes in all: the number of pitches + 2, at least 3.</param>
public sealed record MelodyEncoding(Pitch Lowest, int ClassCount)
{
    /// <summary>No class: what is heard before the first event of a melody.</summary>
    public const int NoEvent = -1;

    /// <summary>The class of a hold.</summary>
    public const int HoldClass = 0;

    /// <summary>The class of a note off.</summary>
    public const int NoteOffClass = 1;

    /// <summary>The class of the lowest pitch.</summary>
    public const int FirstPitchClass = 2;

    /// <summary>The encoding of the published nets: 38 classes, C3 to B5.</summary>
    public static MelodyEncoding Default { get; } = new(new Pitch(48), 38);

    /// <summary>The pitch of class 2 in nets whose files do not say it: C3 as in the published ones, but 0 where the classes are those of all of MIDI.</summary>
    /// <param name="classes">How many classes the net has.</param>
    public static Pitch UsualLowest(int classes) => classes == 128 + FirstPitchClass ? new Pitch(0) : Default.Lowest;

    /// <summary>The pitch of the last class.</summary>
    public Pitch Highest => new(Lowest.MidiNumber + ClassCount - FirstPitchClass - 1);

    /// <summary>Checks that classes and pitches fit MIDI.</summary>
    /// <exception cref="ArgumentException">Fewer than 3 classes, or pitches outside 0 to 127.</exception>
    public MelodyEncoding Validated() =>
        ClassCount is < 3 or > 128 + FirstPitchClass || Lowest.MidiNumber is < 0 or > 127 || Highest.MidiNumber > 127
            ? throw new ArgumentException(
                "expected at least 3 classes whose pitches lie within MIDI's 0 to 127, "
                + $"found {ClassCount} classes from pitch {Lowest.MidiNumber}")
            : this;

    /// <summary>Whether the event has a class: holds and note offs always, notes within the range.</summary>
    public bool Contains(MelodyEvent @event) => !@event.StartsNote || Contains(@event.Pitch);

    /// <summary>Whether the pitch has a class.</summary>
    public bool Contains(Pitch pitch) => pitch >= Lowest && pitch <= Highest;

    /// <summary>The class number of an event, 0 to <see cref="ClassCount"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The event is not contained: its pitch lies outside the range.</exception>
    public int ClassOf(MelodyEvent @event)
    {
        if (!@event.StartsNote)
        {
            return @event.IsHold ? HoldClass : NoteOffClass;
        }

        return Contains(@event.Pitch)
            ? @event.Pitch.MidiNumber - Lowest.MidiNumber + FirstPitchClass
            : throw new ArgumentOutOfRangeException(
                nameof(@event), $"expected a pitch from {Lowest} to {Highest}, found {@event} (transpose it first)");
    }

    /// <summary>The event of a class number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class lies outside 0 to <see cref="ClassCount"/> - 1.</exception>
    public MelodyEvent EventOf(int classNumber)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classNumber);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classNumber, ClassCount);
        return classNumber switch
        {
            HoldClass => MelodyEvent.Hold,
            NoteOffClass => MelodyEvent.NoteOff,
            _ => MelodyEvent.NoteOn(new Pitch(Lowest.MidiNumber + classNumber - FirstPitchClass)),
        };
    }

    /// <summary>Class count and range, such as <c>38 classes, C3 to B5</c>.</summary>
    public override string ToString() => $"{ClassCount} classes, {Lowest} to {Highest}";
}
