namespace RLTuner.Evaluation;

/// <summary>
/// How figures vary from melody to melody, and so how far chance may have moved those of all: fed with the figures of each melody by
/// itself, it gives the figures of all their intervals.
/// </summary>
public sealed class FigureSpread
{
    private RatioSum[] _sums = [];

    /// <summary>Adds a melody.</summary>
    /// <param name="figures">The figures of that melody alone, the same ones in the same order each time.</param>
    public void Add(IReadOnlyList<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (_sums.Length == 0)
        {
            _sums = new RatioSum[figures.Count];
        }

        for (int i = 0; i < figures.Count; i++)
        {
            (double part, double whole) = figures[i].Sums ?? default;
            _sums[i].Add(part, whole);
        }
    }

    /// <summary>Figures of all melodies with their 95 % intervals; counts have none.</summary>
    /// <param name="all">The same figures in the same order.</param>
    public IReadOnlyList<Figure> WithIntervals(IReadOnlyList<Figure> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return [.. all.Select((figure, i) => figure.With(IntervalOf(figure, i)))];
    }

    private ConfidenceInterval? IntervalOf(Figure figure, int index) =>
        figure.Sums is not { } sums || sums.Whole == 0 || index >= _sums.Length ? null
        : figure.CountsMelodies ? ConfidenceInterval.Wilson(sums.Part, sums.Whole)
        : _sums[index].ToEstimate().Interval;
}
