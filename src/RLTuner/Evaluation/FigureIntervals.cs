using RLTuner.Music;

namespace RLTuner.Evaluation;

/// <summary>How far chance may have moved the figures of melodies, from how much they vary between one melody and the next.</summary>
public static class FigureIntervals
{
    /// <summary>The figures of melodies with their 95 % intervals; counts have none.</summary>
    /// <param name="melodies">The melodies.</param>
    /// <param name="figures">Gives the figures of some of them, always the same ones in the same order, such as <c>some => MelodyTally.Of(some, …).Figures</c>.</param>
    public static IReadOnlyList<Figure> Of(IReadOnlyList<Melody> melodies, Func<IEnumerable<Melody>, IReadOnlyList<Figure>> figures)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(figures);
        IReadOnlyList<Figure> all = figures(melodies);
        RatioSum[] sums = new RatioSum[all.Count];
        foreach (Melody melody in melodies)
        {
            foreach ((int i, Figure figure) in figures([melody]).Index())
            {
                (double part, double whole) = figure.Sums ?? default;
                sums[i].Add(part, whole);
            }
        }

        return [.. all.Select((figure, i) => figure.With(IntervalOf(figure, sums[i])))];
    }

    private static ConfidenceInterval? IntervalOf(Figure figure, RatioSum sum) =>
        figure.Sums is not { Whole: not 0 } sums ? null
        : figure.CountsMelodies ? ConfidenceInterval.Wilson(sums.Part, sums.Whole)
        : sum.ToEstimate().Interval;
}
