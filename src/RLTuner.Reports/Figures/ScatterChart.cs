using System.Collections.Immutable;
using RLTuner.Evaluation;

namespace RLTuner.Reports.Figures;

/// <summary>Points with their intervals in both directions, each group by its colour and shape.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Title">What stands above.</param>
/// <param name="Description">What it shows.</param>
/// <param name="XLabel">What runs to the right, and its unit.</param>
/// <param name="YLabel">What runs upward, and its unit.</param>
/// <param name="Groups">The groups as the legend has them.</param>
internal sealed record ScatterChart(string Name, string Title, string Description, string XLabel, string YLabel, ImmutableArray<ScatterGroup> Groups)
{
    private const double Width = 460, PlotHeight = 260, Left = 54, Right = 20, Foot = 40;

    public Drawing Draw()
    {
        Svg svg = new();
        double top = Lettering.Head(svg, Title, Width, [.. Groups.Select(group => group.Name)], Lettering.MarkSwatch(svg)) + 20;
        ScatterPoint[] points = [.. Groups.SelectMany(group => group.Points).Where(point => Axis.CanShow(point.X) && Axis.CanShow(point.Y))];
        Plot plot = new(
            svg,
            new Box(Left, top, Width - Left - Right, PlotHeight),
            Axis.Around(XLabel, points.SelectMany(point => (double[])[point.X, .. Ends(point.ReachX)])),
            Axis.Around(YLabel, points.SelectMany(point => (double[])[point.Y, .. Ends(point.ReachY)])));
        plot.Frame();
        for (int i = 0; i < Groups.Length; i++)
        {
            foreach (ScatterPoint point in Groups[i].Points.Intersect(points))
            {
                plot.Mark(i, point.X, point.Y, point.ReachX, point.ReachY);
            }
        }

        return new Drawing(Name, Title, Description, Width, top + PlotHeight + Foot, svg.ToString());
    }

    private static double[] Ends(ConfidenceInterval? reach) => reach is { } ends ? [ends.Low, ends.High] : [];
}

/// <summary>Points of one kind.</summary>
internal sealed record ScatterGroup(string Name, ImmutableArray<ScatterPoint> Points);

/// <summary>A point, and the intervals that its coordinates lie in where these are known.</summary>
internal readonly record struct ScatterPoint(double X, double Y, ConfidenceInterval? ReachX = null, ConfidenceInterval? ReachY = null);
