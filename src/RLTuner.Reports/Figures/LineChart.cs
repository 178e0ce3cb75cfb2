using System.Collections.Immutable;

namespace RLTuner.Reports.Figures;

/// <summary>Lines over a common x, with bands where the values have them.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Title">What stands above.</param>
/// <param name="Description">What it shows, in a sentence or two.</param>
/// <param name="XLabel">What runs to the right, and its unit.</param>
/// <param name="YLabel">What runs upward, and its unit.</param>
/// <param name="Series">The lines.</param>
internal sealed record LineChart(string Name, string Title, string Description, string XLabel, string YLabel, ImmutableArray<Series> Series)
{
    private const double Width = 460, PlotHeight = 200, Left = 54, Right = 20, Foot = 40;
    private const double PanelWidth = 300, PanelHeight = 160, PanelLeft = 42, PanelRight = 18;

    /// <summary>Whether the axis of values shows 0 in any case.</summary>
    public bool WithZero { get; init; }

    /// <summary>Of the usual size, with a legend where there are several lines.</summary>
    public Drawing Draw()
    {
        Svg svg = new();
        string[] names = Series.Length > 1 ? [.. Series.Select(series => series.Name)] : [];
        double top = Lettering.Head(svg, Title, Width, names, Lettering.LineSwatch(svg)) + 20;
        Fill(svg, new Box(Left, top, Width - Left - Right, PlotHeight), 5, tiny: false);
        return new Drawing(Name, Title, Description, Width, top + PlotHeight + Foot, svg.ToString());
    }

    /// <summary>As one small panel of several, without legend.</summary>
    public Drawing DrawSmall()
    {
        const double Top = 38, Foot = 30;
        Svg svg = new();
        svg.Text("small", 0, 13, Lettering.Fitted(Title, 32));
        Fill(svg, new Box(PanelLeft, Top, PanelWidth - PanelLeft - PanelRight, PanelHeight - Top - Foot), 3, tiny: true);
        return new Drawing(Name, Title, Description, PanelWidth, PanelHeight, svg.ToString());
    }

    private void Fill(Svg svg, Box area, int ticks, bool tiny)
    {
        IEnumerable<PlotPoint> points = Series.SelectMany(series => series.Points).Where(point => point.IsMeasured);
        Plot plot = new(
            svg,
            area,
            Axis.Exactly(XLabel, [0, .. points.Select(point => point.X)], ticks),
            Axis.Around(YLabel, [.. WithZero ? [0.0] : Array.Empty<double>(), .. points.SelectMany(point => point.Values)], ticks));
        plot.Frame(tiny);
        for (int i = 0; i < Series.Length; i++)
        {
            plot.Line(Series[i], i);
        }
    }
}
