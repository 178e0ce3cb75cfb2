namespace RLTuner.Reports.Figures;

/// <summary>Where words go: titles, legends, and how much room a text takes. SVG cannot ask for a font's widths, so they are estimated.</summary>
internal static class Lettering
{
    private const double CharacterWidth = 6.1, RowHeight = 17, Swatch = 24, Gap = 16;
    private const int LongestName = 48;

    /// <summary>The title, the legend below it, and the height that both take.</summary>
    public static double Head(Svg svg, string title, double width, IReadOnlyList<string> names, Action<int, double, double> swatch)
    {
        svg.Text("title", 0, 15, Fitted(title, (int)(width / 7.2)));
        double x = 0, y = 35;
        for (int i = 0; i < names.Count; i++)
        {
            string name = Fitted(names[i], LongestName);
            double room = Swatch + 6 + (name.Length * CharacterWidth);
            if (x > 0 && x + room > width)
            {
                (x, y) = (0, y + RowHeight);
            }

            swatch(i, x, y - 4);
            svg.Text("name", x + Swatch + 6, y, name);
            x += room + Gap;
        }

        return names.Count == 0 ? 22 : y + 6;
    }

    /// <summary>The legend's piece of a line.</summary>
    public static Action<int, double, double> LineSwatch(Svg svg) =>
        (number, x, y) => svg.Line($"line {Looks.Colour(number)} {Looks.Dash(number)}", x, y, x + Swatch, y);

    /// <summary>The legend's piece of a bar.</summary>
    public static Action<int, double, double> BarSwatch(Svg svg) =>
        (number, x, y) => svg.Rectangle($"bar {Looks.Colour(number)}", new Box(x + 6, y - 5, Swatch - 8, 10));

    /// <summary>The legend's mark.</summary>
    public static Action<int, double, double> MarkSwatch(Svg svg) => (number, x, y) => Looks.Marker(svg, number, x + (Swatch / 2), y);

    /// <summary>A text cut to a number of characters, with an ellipsis for what is gone.</summary>
    public static string Fitted(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, Math.Max(1, char.IsHighSurrogate(text[Math.Max(0, most - 2)]) ? most - 2 : most - 1)), "…");
}
