using System.Collections.Immutable;

using RLTuner.Evaluation;

namespace RLTuner.Reports.Figures;

/// <summary>A rectangle with two axes, and what can be drawn in it.</summary>
internal sealed class Plot(Svg svg, Box area, Axis x, Axis y)
{
    private const int DotsShown = 30;

    /// <summary>Grid, ticks and the axes' labels: that of y above the axis, where it reads without turning one's head.</summary>
    public void Frame(bool tiny = false)
    {
        string size = tiny ? " tiny" : "";
        foreach (double tick in y.Ticks)
        {
            svg.Line(tick == 0 ? "axis" : "grid", area.Left, Y(tick), area.Right, Y(tick));
            svg.Text("end quiet" + size, area.Left - 6, Y(tick) + 3.5, y.TextOf(tick));
        }

        foreach (double tick in x.Ticks)
        {
            svg.Line("axis", X(tick), area.Bottom, X(tick), area.Bottom + 4);
            svg.Text("mid quiet" + size, X(tick), area.Bottom + (tiny ? 13 : 16), x.TextOf(tick));
        }

        svg.Line("axis", area.Left, area.Bottom, area.Right, area.Bottom);
        svg.Text("quiet" + size, area.Left, area.Top - 8, y.Label);
        svg.Text("end quiet" + size, area.Right, area.Bottom + (tiny ? 24 : 32), x.Label);
    }

    /// <summary>A line with its band.</summary>
    public void Line(Series series, int number)
    {
        ImmutableArray<PlotPoint>[] pieces = [.. series.Pieces()];
        string colour = Looks.Colour(number);
        foreach (ImmutableArray<PlotPoint> piece in pieces)
        {
            PlotPoint[] banded = [.. piece.Where(point => point.HasBand)];
            if (banded.Length > 1)
            {
                svg.Polygon(
                    $"band {colour}",
                    [.. banded.Select(point => (X(point.X), Y(point.High))), .. banded.Reverse().Select(point => (X(point.X), Y(point.Low)))]);
            }
        }

        int points = pieces.Sum(piece => piece.Length);
        foreach (ImmutableArray<PlotPoint> piece in pieces)
        {
            if (piece.Length > 1)
            {
                svg.Polyline($"line {colour} {Looks.Dash(number)}", piece.Select(point => (X(point.X), Y(point.Y))));
            }

            foreach (PlotPoint point in points <= DotsShown || piece.Length == 1 ? piece : [])
            {
                svg.Circle($"dot {colour}", X(point.X), Y(point.Y), 2.2);
            }
        }
    }

    /// <summary>A value with its interval in both directions.</summary>
    public void Mark(int number, double atX, double atY, ConfidenceInterval? reachX = null, ConfidenceInterval? reachY = null)
    {
        string own = $"own {Looks.Colour(number)}";
        if (reachX is var (left, right))
        {
            svg.Line(own, X(left), Y(atY), X(right), Y(atY));
        }

        if (reachY is var (low, high))
        {
            svg.Line(own, X(atX), Y(low), X(atX), Y(high));
        }

        Looks.Marker(svg, number, X(atX), Y(atY));
    }

    public double X(double value) => area.Left + ((value - x.Low) / (x.High - x.Low) * area.Width);

    public double Y(double value) => area.Bottom - ((value - y.Low) / (y.High - y.Low) * area.Height);
}
