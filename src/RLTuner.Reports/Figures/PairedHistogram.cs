using System.Collections.Immutable;
using System.Globalization;

namespace RLTuner.Reports.Figures;

/// <summary>A small histogram of three kinds of melodies: wide pale columns for the corpus, in each a narrow bar before and one after.</summary>
/// <param name="Title">What stands above.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Label">What the bins are.</param>
/// <param name="Corpus">Per cent a bin.</param>
/// <param name="Before">The same before tuning.</param>
/// <param name="After">The same after tuning.</param>
/// <param name="NameOf">What stands below a bin; empty for nothing.</param>
internal sealed record PairedHistogram(
    string Title,
    string Description,
    string Label,
    ImmutableArray<double> Corpus,
    ImmutableArray<double> Before,
    ImmutableArray<double> After,
    Func<int, string> NameOf)
{
    private const double Width = 300, Height = 176, Left = 30, Right = 4, Top = 40, Dot = 4.4;
    private const int MostDots = 12;

    /// <summary>Attacks that are drawn as a column of dots below a bin, with the steps that the column has.</summary>
    public ImmutableArray<(ulong Pattern, int Steps)> Patterns { get; init; } = [];

    public Drawing Draw()
    {
        Svg svg = new();
        int dots = Patterns.Select(pattern => Math.Min(MostDots, pattern.Steps)).DefaultIfEmpty().Max();
        double below = dots == 0 ? 0 : (dots * Dot) - 8;
        Box area = new(Left, Top, Width - Left - Right, Height - Top - 36);
        Axis axis = Axis.Around("% of all", [0, .. Corpus, .. Before, .. After], about: 3);
        double Y(double value) => area.Bottom - ((value - axis.Low) / (axis.High - axis.Low) * area.Height);
        svg.Text("small", 0, 13, Title);
        svg.Text("quiet tiny", area.Left, Top - 8, axis.Label);
        foreach (double tick in axis.Ticks)
        {
            svg.Line(tick == 0 ? "axis" : "grid", area.Left, Y(tick), area.Right, Y(tick));
            svg.Text("end quiet tiny", area.Left - 5, Y(tick) + 3.5, axis.TextOf(tick));
        }

        double bin = area.Width / Math.Max(1, Corpus.Length), bar = (bin - 3) / 2;
        for (int i = 0; i < Corpus.Length; i++)
        {
            double x = area.Left + (i * bin);
            svg.Rectangle("corpus", new Box(x + 0.5, Y(Corpus[i]), bin - 1, area.Bottom - Y(Corpus[i])), tip: Tip(i));
            svg.Rectangle($"bar {Looks.Colour(0)}", new Box(x + 1.5, Y(Before[i]), bar, area.Bottom - Y(Before[i])), tip: Tip(i));
            svg.Rectangle($"bar {Looks.Colour(1)}", new Box(x + 1.5 + bar, Y(After[i]), bar, area.Bottom - Y(After[i])), tip: Tip(i));
            if (NameOf(i) is { Length: > 0 } name)
            {
                svg.Text("mid quiet tiny", x + (bin / 2), area.Bottom + 13, name);
            }

            for (int step = 0; i < Patterns.Length && step < Math.Min(dots, Patterns[i].Steps); step++)
            {
                bool isAttack = (Patterns[i].Pattern >> step & 1) != 0;
                svg.Circle(isAttack ? "whole dot" : "hole dot", x + (bin / 2), area.Bottom + 8 + (step * Dot), isAttack ? 1.9 : 0.8);
            }
        }

        svg.Line("axis", area.Left, area.Bottom, area.Right, area.Bottom);
        svg.Text("quiet tiny", area.Left, area.Bottom + 27 + below, Lettering.Fitted(Label, 58));
        return new Drawing("corpus", Title, Description, Width, Height + below, svg.ToString());
    }

    private string Tip(int bin) => string.Create(
        CultureInfo.InvariantCulture, $"corpus {Corpus[bin]:0.#} %, before {Before[bin]:0.#} %, after {After[bin]:0.#} %");
}
