using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Corpus.Building;

/// <summary>How scores become melodies. The defaults are the original's for its datasets, except where a field says otherwise.</summary>
public sealed record CorpusOptions
{
    /// <summary>Steps in a quarter note, 1 to 96; 4 by default, a sixteenth each.</summary>
    public int StepsPerQuarter { get; init; } = Melody.StepsPerQuarter;

    /// <summary>Which pitches have classes; melodies are moved into its range. At least an octave.</summary>
    public MelodyEncoding Encoding { get; init; } = MelodyEncoding.Default;

    /// <summary>Which parts are read; by default the sung one where there is one. Ours: the original knows no lyrics.</summary>
    public PartChoice Parts { get; init; } = PartChoice.Sung;

    /// <summary>Where a score is cut into fragments; by default where metre or tempo changes.</summary>
    public SplitPoints Split { get; init; } = SplitPoints.MetreAndTempo;

    /// <summary>Whether notation's repeats are played out; by default they are, as in MIDI files.</summary>
    public Repeats Repeats { get; init; } = Repeats.Played;

    /// <summary>
    /// A fragment with a greater share of attacks off the grid is left out, 0 to 1; .2 by default. The original has no such test (1):
    /// it turns triplets and free playing into rhythms that nobody wrote.
    /// </summary>
    public double MaxOffGrid { get; init; } = 0.2;

    /// <summary>Which melodies are kept; by default the original's for datasets.</summary>
    public MelodyExtractorOptions Melodies { get; init; } = MelodyExtractorOptions.Dataset;

    /// <summary>Where a melody starts; by default at the bar line before its first note.</summary>
    public MelodyStart Start { get; init; } = MelodyStart.BarLine;

    /// <summary>From which key melodies are moved to C major; by default from that which fits best.</summary>
    public KeyChoice Key { get; init; } = KeyChoice.BestFit;

    /// <summary>A melody with a smaller share of its notes in C major, once it is moved there, is left out, 0 to 1; 0 by default.</summary>
    public double MinInKey { get; init; }

    /// <summary>Whether melodies that are transpositions of others are kept; by default they are not. Ours.</summary>
    public bool KeepDuplicates { get; init; }

    /// <summary>
    /// Further copies of each melody to learn from, this many semitones higher; those that leave the range are left out. None by default.
    /// </summary>
    public ImmutableArray<int> Transpositions { get; init; } = [];

    /// <summary>The share of pieces that are held out, 0 to below 1; .05 by default. Where it is above 0, at least one of two is.</summary>
    public double Validation { get; init; } = 0.05;

    /// <summary>Decides which pieces are held out.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every field. Messages name the option of the command that sets it.</summary>
    /// <exception cref="ArgumentException">A field lies outside its range.</exception>
    public CorpusOptions Validated()
    {
        Check(StepsPerQuarter is >= 1 and <= 96, "steps-per-quarter: expected 1 to 96", StepsPerQuarter);
        Check(MaxOffGrid is >= 0 and <= 1, "max-off-grid: expected a share from 0 to 1", MaxOffGrid);
        Check(MinInKey is >= 0 and <= 1, "min-in-key: expected a share from 0 to 1", MinInKey);
        Check(Validation is >= 0 and < 1, "validation: expected a share from 0 to below 1", Validation);
        Check(Melodies.MinBars >= 0, "min-bars: expected 0 or more", Melodies.MinBars);
        Check(Melodies.MinUniquePitchClasses is >= 0 and <= 12, "min-unique-pitches: expected 0 to 12", Melodies.MinUniquePitchClasses);
        Check(Melodies.MaxStepsTruncate is null or > 0, "max-steps-truncate: expected 1 or more, or 0 for never", Melodies.MaxStepsTruncate);
        Check(Melodies.MaxStepsDiscard is null or > 0, "max-steps-discard: expected 1 or more, or 0 for never", Melodies.MaxStepsDiscard);
        Check(Melodies.GapBars is > 0 and <= 1e6, "gap-bars: expected above 0 to 1000000", Melodies.GapBars);
        Check(Encoding.ClassCount is >= 14 and <= 130, "classes: expected at least 14, an octave, and at most 130", Encoding.ClassCount);
        int highest = 128 - (Encoding.ClassCount - MelodyEncoding.FirstPitchClass);
        Check(
            Encoding.Lowest.MidiNumber >= 0 && Encoding.Lowest.MidiNumber <= highest,
            $"lowest-pitch: expected 0 to {highest} with {Encoding.ClassCount} classes",
            Encoding.Lowest.MidiNumber);
        foreach (int semitones in Transpositions)
        {
            Check(semitones is >= -24 and <= 24 and not 0, "transpose: expected semitones from -24 to 24 without 0", semitones);
        }

        Check(Transpositions.Distinct().Count() == Transpositions.Length, "transpose: expected each number once", string.Join(',', Transpositions));
        return this;
    }

    private static void Check(bool valid, string expected, object? found)
    {
        if (!valid)
        {
            throw new ArgumentException(FormattableString.Invariant($"{expected}, found {found}"));
        }
    }
}

/// <summary>Which parts of a score are read. Drums never are.</summary>
public enum PartChoice
{
    /// <summary>The first that has lyrics; where none has, all.</summary>
    Sung,

    /// <summary>All.</summary>
    All,

    /// <summary>The first.</summary>
    First,

    /// <summary>All, read as if one instrument played them. Notes that start together are then the rule: let the highest be kept.</summary>
    Together,
}

/// <summary>Where a score is cut into fragments of their own.</summary>
public enum SplitPoints
{
    /// <summary>Where the metre or the tempo changes.</summary>
    MetreAndTempo,

    /// <summary>Where the metre changes; tempo does not matter to the grid.</summary>
    Metre,

    /// <summary>Nowhere: bars are those of the first metre throughout.</summary>
    None,
}

/// <summary>From which key a melody is moved to C major.</summary>
public enum KeyChoice
{
    /// <summary>The major key that holds most of its notes, the lowest of equals.</summary>
    BestFit,

    /// <summary>That of the key signature where it starts; where there is none, the best fit.</summary>
    Signature,

    /// <summary>None: it stays where it is, and only notes outside the range are folded in.</summary>
    None,
}

/// <summary>What becomes of the repeats of notation.</summary>
public enum Repeats
{
    /// <summary>They are played out, endings included.</summary>
    Played,

    /// <summary>Each bar is read once.</summary>
    Once,
}

/// <summary>Where a melody starts.</summary>
public enum MelodyStart
{
    /// <summary>At the bar line before its first note.</summary>
    BarLine,

    /// <summary>At its first note.</summary>
    FirstNote,
}
