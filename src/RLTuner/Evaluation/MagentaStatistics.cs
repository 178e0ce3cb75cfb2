using System.Collections.Immutable;
using RLTuner.Music.Analysis;

namespace RLTuner.Evaluation;

/// <summary>
/// The original's statistics of melodies, in its reading of class numbers (a hold counts as a repeated note; C major alone).
/// They compare a run with the published results; <see cref="MelodyStatistics"/> says what is heard.
/// </summary>
public sealed class MagentaStatistics
{
    internal MagentaStatistics(ImmutableSortedDictionary<string, int> counts, ImmutableArray<ImmutableArray<double>> autocorrelations)
    {
        Counts = counts;
        Autocorrelations = autocorrelations;
    }

    /// <summary>The original's counters by its names, such as <c>num_resolved_leaps</c>; docs/metrics.md defines each.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; }

    /// <summary>
    /// For each lag from 1 (<c>autocorrelation1</c> of the original, at index 0) the autocorrelation of each melody's class numbers,
    /// in order; not a number for a constant melody.
    /// </summary>
    public ImmutableArray<ImmutableArray<double>> Autocorrelations { get; }

    /// <summary>The figures that the original prints, as shares and means.</summary>
    public ImmutableArray<Figure> Figures =>
    [
        new(FigureNames.Melodies, Melodies, FigureUnit.Count, "compositions"),
        new(FigureNames.Steps, Steps, FigureUnit.Count, "class numbers; the original calls each a note"),
        Share(FigureNames.NotesNotInKey, MagentaCounter.NotesNotInKey, Steps, "classes outside the original's list of C major, of all"),
        Figure.ShareOfMelodies(FigureNames.StartingOnTonic, Counts[MagentaCounter.StartingTonic], Melodies, "compositions that start with class 14"),
        Share(FigureNames.ExcessivelyRepeated, MagentaCounter.RepeatedNotes, Steps, "classes repeated too often, holds included, of all"),
        Figure.Share(
            FigureNames.LeapsResolved,
            Counts[MagentaCounter.ResolvedLeaps],
            Counts[MagentaCounter.ResolvedLeaps] + Counts[MagentaCounter.LeapTwice],
            "resolved leaps, of the resolved and the doubled"),
        Figure.ShareOfMelodies(FigureNames.UniqueHighest, Counts[MagentaCounter.HighUnique], Melodies, "compositions whose largest class occurs once"),
        Figure.ShareOfMelodies(FigureNames.UniqueLowest, Counts[MagentaCounter.LowUnique], Melodies, "compositions whose smallest class above 1 occurs once"),
        Share(FigureNames.NotesInMotif, MagentaCounter.NotesInMotif, Steps, "steps that end eight classes with three different notes"),
        Share(FigureNames.NotesInRepeatedMotif, MagentaCounter.NotesInRepeatedMotif, Steps, "steps that end a motif that came before"),
        .. Enumerable.Range(1, Autocorrelation.MaxLag).Select(lag => Figure.Mean(
            FigureNames.Autocorrelation(lag),
            Autocorrelations[lag - 1].Where(r => !double.IsNaN(r)).Sum(),
            Autocorrelations[lag - 1].Count(r => !double.IsNaN(r)),
            FigureUnit.Correlation,
            $"mean over compositions, of class numbers {lag} apart")),
        .. MagentaCounter.Intervals.Select(counter => Figure.Mean(
            counter.Figure,
            Counts[counter.Name],
            Melodies,
            FigureUnit.PerMelody,
            counter.Description)),
    ];

    private int Melodies => Counts[MagentaCounter.Compositions];

    private int Steps => Counts[MagentaCounter.TotalNotes];

    private Figure Share(string name, string counter, int whole, string description) =>
        Figure.Share(name, Counts[counter], whole, description);
}
