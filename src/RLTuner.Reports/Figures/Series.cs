using System.Collections.Immutable;

namespace RLTuner.Reports.Figures;

/// <summary>A line of a chart.</summary>
/// <param name="Name">As the legend has it.</param>
/// <param name="Points">From left to right. A point without a measured value breaks the line.</param>
internal sealed record Series(string Name, ImmutableArray<PlotPoint> Points)
{
    /// <summary>More points than a line can show are thinned out.</summary>
    private const int PointsShown = 800;

    /// <summary>The runs of points that a line can be drawn through.</summary>
    public IEnumerable<ImmutableArray<PlotPoint>> Pieces()
    {
        ImmutableArray<PlotPoint>.Builder piece = ImmutableArray.CreateBuilder<PlotPoint>();
        foreach (PlotPoint point in Thinned())
        {
            if (point.IsMeasured)
            {
                piece.Add(point);
            }
            else if (piece.Count > 0)
            {
                yield return piece.DrainToImmutable();
            }
        }

        if (piece.Count > 0)
        {
            yield return piece.DrainToImmutable();
        }
    }

    private IEnumerable<PlotPoint> Thinned()
    {
        int every = (Points.Length + PointsShown - 1) / PointsShown;
        return Points.Where((_, i) => i % every == 0 || i == Points.Length - 1);
    }
}

/// <summary>A value, and the band that it lies in where that is known.</summary>
internal readonly record struct PlotPoint(double X, double Y, double Low = double.NaN, double High = double.NaN)
{
    public bool IsMeasured => Axis.CanShow(X) && Axis.CanShow(Y);

    public bool HasBand => Axis.CanShow(Low) && Axis.CanShow(High);

    /// <summary>Whatever an axis of values has to show.</summary>
    public IEnumerable<double> Values => [Y, Low, High];
}
