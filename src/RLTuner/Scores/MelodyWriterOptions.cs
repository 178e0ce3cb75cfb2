using RLTuner.Music;

namespace RLTuner.Scores;

/// <summary>How a melody sounds and what its file says of it.</summary>
public sealed record MelodyWriterOptions
{
    /// <summary>The smallest tempo that a MIDI file can hold, in quarter notes a minute.</summary>
    public const double MinTempo = 3.6;

    /// <summary>The largest tempo that keeps a step longer than a millisecond.</summary>
    public const double MaxTempo = 10_000;

    /// <summary>120 to the quarter, 4/4, C major, piano.</summary>
    public static MelodyWriterOptions Default { get; } = new();

    /// <summary>Quarter notes a minute, <see cref="MinTempo"/> to <see cref="MaxTempo"/>; 120 by default.</summary>
    public double Tempo { get; init; } = 120;

    /// <summary>The metre; 4/4 by default.</summary>
    public TimeSignature TimeSignature { get; init; } = TimeSignature.CommonTime;

    /// <summary>The key, for the key signature, the nearest one that files know, and for how notation spells pitches; C major by default.</summary>
    public Key Key { get; init; } = Key.CMajor;

    /// <summary>The General MIDI program, 0 to 127; 0, a grand piano, by default.</summary>
    public int Program { get; init; }

    /// <summary>The melody's name: a title, or that of its track; "Melody" by default.</summary>
    public string Name { get; init; } = "Melody";

    /// <summary>How hard each note is struck, 1 to 127; 100 by default.</summary>
    public int Velocity { get; init; } = 100;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">A field lies outside its range; the message names it.</exception>
    public MelodyWriterOptions Validated()
    {
        Check(Tempo is >= MinTempo and <= MaxTempo, nameof(Tempo), $"from {MinTempo} to {MaxTempo}", Tempo);
        Check(Program is >= 0 and <= 127, nameof(Program), "from 0 to 127", Program);
        Check(Velocity is >= 1 and <= 127, nameof(Velocity), "from 1 to 127", Velocity);
        Check(Name is { Length: <= 10_000 }, nameof(Name), "of at most 10000 characters", Name?.Length);
        Check(
            TimeSignature.Numerator is >= 1 and <= 255 && TimeSignature.Denominator is 1 or 2 or 4 or 8 or 16 or 32 or 64,
            nameof(TimeSignature), "such as 4/4", TimeSignature);
        ArgumentNullException.ThrowIfNull(Key);
        return this;
    }

    private static void Check(bool valid, string field, string expected, object? found)
    {
        if (!valid)
        {
            throw new ArgumentException($"expected a {field} {expected}, found {found ?? "none"}", field);
        }
    }
}
