using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Evaluation;

/// <summary>What is heard in a number of melodies: raw counts, and figures made of them. docs/metrics.md defines every one.</summary>
public sealed record MelodyStatistics
{
    private const int Octave = 12;

    /// <summary>Melodies counted.</summary>
    public int Melodies { get; init; }

    /// <summary>Different melodies: several copies of one count once.</summary>
    public int DifferentMelodies { get; init; }

    /// <summary>Steps in all.</summary>
    public int Steps { get; init; }

    /// <summary>Length of all melodies in bars.</summary>
    public double Bars { get; init; }

    /// <summary>Notes: attacks.</summary>
    public int Notes { get; init; }

    /// <summary>Steps at which nothing sounds.</summary>
    public int StepsAtRest { get; init; }

    /// <summary>Attacks outside the key.</summary>
    public int NotesNotInKey { get; init; }

    /// <summary>Melodies whose first attack is the tonic, in any octave.</summary>
    public int StartingOnTonic { get; init; }

    /// <summary>Melodies whose last attack is the tonic, in any octave.</summary>
    public int EndingOnTonic { get; init; }

    /// <summary>Steps that the repetition rule penalises: a pitch struck too often, or more than a bar without attack.</summary>
    public int ExcessiveSteps { get; init; }

    /// <summary>Motions by a fifth or more.</summary>
    public int Leaps { get; init; }

    /// <summary>Leaps after which the melody turned back by smaller motion.</summary>
    public int ResolvedLeaps { get; init; }

    /// <summary>Leaps followed by another in the same direction before they were resolved.</summary>
    public int DoubledLeaps { get; init; }

    /// <summary>Melodies whose highest pitch is attacked once (and is not the only pitch).</summary>
    public int UniqueHighest { get; init; }

    /// <summary>Melodies whose lowest pitch is attacked once (and is not the only pitch).</summary>
    public int UniqueLowest { get; init; }

    /// <summary>Notes in bars with at least three different pitches.</summary>
    public int NotesInMotif { get; init; }

    /// <summary>Notes in the longest beginning, of at least three different pitches, that a bar shares with an earlier bar.</summary>
    public int NotesInRepeatedMotif { get; init; }

    /// <summary>Motions from one attack to the next by semitones: unison (0) to octave (12), then all that are wider.</summary>
    public ImmutableArray<int> Intervals { get; init; } = [.. new int[Octave + 2]];

    /// <summary>Melodies of at least four notes not all equal.</summary>
    public int AutocorrelatedMelodies { get; init; }

    /// <summary>Mean autocorrelation of the attacked pitches at lags 1 to 3, over melodies of at least four notes not all equal.</summary>
    public ImmutableArray<double> MeanAutocorrelations { get; init; } = [double.NaN, double.NaN, double.NaN];

    /// <summary>The figures, in the order of a report.</summary>
    public ImmutableArray<Figure> Figures =>
    [
        new(FigureNames.Melodies, Melodies, FigureUnit.Count, "melodies"),
        new("different_melodies", Figure.Ratio(DifferentMelodies, Melodies), FigureUnit.Share, "different melodies, of all: copies count once"),
        new(FigureNames.Steps, Steps, FigureUnit.Count, "sixteenth-note steps"),
        new("notes", Notes, FigureUnit.Count, "notes attacked"),
        Figure.Mean("notes_per_bar", Notes, Bars, FigureUnit.PerBar, "notes attacked in a bar"),
        Figure.Share("at_rest", StepsAtRest, Steps, "steps at which nothing sounds, of all"),
        Figure.Share(FigureNames.NotesNotInKey, NotesNotInKey, Notes, "notes outside the key, of all notes"),
        Figure.ShareOfMelodies(FigureNames.StartingOnTonic, StartingOnTonic, Melodies, "melodies whose first note is the tonic, in any octave"),
        Figure.ShareOfMelodies("ending_on_tonic", EndingOnTonic, Melodies, "melodies whose last note is the tonic, in any octave"),
        Figure.Share(
            FigureNames.ExcessivelyRepeated, ExcessiveSteps, Steps, "steps that strike a pitch too often or go on too long without a note, of all"),
        Figure.Share(FigureNames.LeapsResolved, ResolvedLeaps, Leaps, "leaps of a fifth or more that turn back by smaller motion, of all leaps"),
        Figure.Share("leaps_doubled", DoubledLeaps, Leaps, "leaps that go on by another leap in the same direction, of all leaps"),
        Figure.ShareOfMelodies(FigureNames.UniqueHighest, UniqueHighest, Melodies, "melodies that reach their highest pitch once"),
        Figure.ShareOfMelodies(FigureNames.UniqueLowest, UniqueLowest, Melodies, "melodies that reach their lowest pitch once"),
        Figure.Share(FigureNames.NotesInMotif, NotesInMotif, Notes, "notes in bars of at least three different pitches, of all notes"),
        Figure.Share(
            FigureNames.NotesInRepeatedMotif, NotesInRepeatedMotif, Notes, "notes by which a bar goes as an earlier bar began, of all notes"),
        .. MeanAutocorrelations.Select((mean, i) => new Figure(
            FigureNames.Autocorrelation(i + 1), mean, FigureUnit.Correlation, $"mean over melodies, of pitches {i + 1} notes apart")
        {
            Sums = AutocorrelatedMelodies == 0 ? (0, 0) : (mean * AutocorrelatedMelodies, AutocorrelatedMelodies),
        }),
        .. Intervals.Select((count, semitones) => Figure.Share(
            "interval_" + NameOf(semitones).Replace(' ', '_'), count, Intervals.Sum(), $"{NameOf(semitones)}, of all intervals")),
    ];

    private static string NameOf(int semitones) => semitones > Octave ? "more than an octave" : new Interval(semitones).Name;
}
