using System.Collections.Immutable;

namespace RLTuner.Reports.Figures;

/// <summary>Groups of lying bars: a row a category, so that names need not be turned.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Title">What stands above.</param>
/// <param name="Description">What it shows.</param>
/// <param name="ValueLabel">What the bars' lengths mean, and the unit.</param>
/// <param name="SeriesNames">What the bars of a group are.</param>
/// <param name="Rows">The categories from top to bottom.</param>
internal sealed record BarChart(
    string Name, string Title, string Description, string ValueLabel, ImmutableArray<string> SeriesNames, ImmutableArray<BarRow> Rows)
{
    private const double Width = 460, BarHeight = 6.5, RowGap = 5, Right = 20, Foot = 40;

    /// <summary>Room for the names.</summary>
    public double Left { get; init; } = 128;

    public Drawing Draw()
    {
        Svg svg = new();
        double top = Lettering.Head(svg, Title, Width, SeriesNames, Lettering.BarSwatch(svg)) + 8;
        double rowHeight = (SeriesNames.Length * BarHeight) + RowGap;
        Box area = new(Left, top, Width - Left - Right, Rows.Length * rowHeight);
        Axis axis = Axis.Around(ValueLabel, [0, .. Rows.SelectMany(row => row.Bars).SelectMany(bar => bar.Values)]);
        double X(double value) => area.Left + ((value - axis.Low) / (axis.High - axis.Low) * area.Width);
        foreach (double tick in axis.Ticks)
        {
            svg.Line(tick == 0 ? "axis" : "grid", X(tick), area.Top, X(tick), area.Bottom);
            svg.Text("mid quiet", X(tick), area.Bottom + 15, axis.TextOf(tick));
        }

        svg.Text("end quiet", area.Right, area.Bottom + 31, ValueLabel);
        for (int row = 0; row < Rows.Length; row++)
        {
            double y = area.Top + (row * rowHeight) + (RowGap / 2);
            svg.Text("end", area.Left - 6, y + ((rowHeight - RowGap) / 2) + 4, Lettering.Fitted(Rows[row].Name, 24));
            for (int i = 0; i < Rows[row].Bars.Length; i++)
            {
                Bar(svg, Rows[row].Bars[i], i, X, y + (i * BarHeight));
            }
        }

        return new Drawing(Name, Title, Description, Width, area.Bottom + Foot, svg.ToString());
    }

    private static void Bar(Svg svg, PlotPoint bar, int number, Func<double, double> x, double y)
    {
        if (!bar.IsMeasured)
        {
            return;
        }

        double from = Math.Min(x(0), x(bar.Y)), to = Math.Max(x(0), x(bar.Y));
        svg.Rectangle($"bar {Looks.Colour(number)}", new Box(from, y + 0.4, to - from, BarHeight - 0.8));
        if (bar.HasBand)
        {
            svg.Line("whisker", x(bar.Low), y + (BarHeight / 2), x(bar.High), y + (BarHeight / 2));
        }
    }
}

/// <summary>A category and the bar of each series; x of a bar means nothing.</summary>
internal sealed record BarRow(string Name, ImmutableArray<PlotPoint> Bars);
