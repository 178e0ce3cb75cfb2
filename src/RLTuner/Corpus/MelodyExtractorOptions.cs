namespace RLTuner.Corpus;

/// <summary>Which melodies of a score are kept. The presets are the settings of the original's three uses.</summary>
public sealed record MelodyExtractorOptions
{
    /// <summary>The original's function as it is called bare: polyphony allowed, the highest note wins.</summary>
    public static MelodyExtractorOptions Default { get; } = new();

    /// <summary>For primers: anything with a note in it.</summary>
    public static MelodyExtractorOptions Primer { get; } = new() { MinBars = 0, MinUniquePitchClasses = 1 };

    /// <summary>For training data: polyphonic tracks refused, cut at 512 steps.</summary>
    public static MelodyExtractorOptions Dataset { get; } = new() { RejectPolyphony = true, MaxStepsTruncate = 512 };

    /// <summary>The shortest melody kept, in bars, 0 or more; 7 by default.</summary>
    public int MinBars { get; init; } = 7;

    /// <summary>The fewest distinct pitch classes (octaves do not count), 0 to 12; 5 by default.</summary>
    public int MinUniquePitchClasses { get; init; } = 5;

    /// <summary>Longer melodies are cut to this many steps (with <see cref="PadToBar"/>, whole bars); by default, null, none are.</summary>
    public int? MaxStepsTruncate { get; init; }

    /// <summary>Longer melodies are left out; by default, null, only those over <see cref="MelodyExtractor.MaxSteps"/>.</summary>
    public int? MaxStepsDiscard { get; init; }

    /// <summary>A silence of this many bars ends a melody, above 0; 1 by default.</summary>
    public double GapBars { get; init; } = 1;

    /// <summary>Whether a track with simultaneous attacks is left out; otherwise the highest note is kept.</summary>
    public bool RejectPolyphony { get; init; }

    /// <summary>Whether melodies are filled up to whole bars.</summary>
    public bool PadToBar { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field lies outside its range.</exception>
    public MelodyExtractorOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MinBars);
        ArgumentOutOfRangeException.ThrowIfNegative(MinUniquePitchClasses);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinUniquePitchClasses, 12);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxStepsTruncate ?? 1, nameof(MaxStepsTruncate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxStepsDiscard ?? 1, nameof(MaxStepsDiscard));
        if (!(GapBars > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(GapBars), $"expected a gap above 0 bars, found {GapBars}");
        }

        return this;
    }
}
