using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Runs;

namespace RLTuner.Reports.Pages;

/// <summary>How figures are written on a page.</summary>
internal static class FigureTexts
{
    /// <summary>A value as a reader wants it.</summary>
    public static string TextOf(Figure? figure) => figure is null || !double.IsFinite(figure.Value) ? "–" : TextOf(figure, figure.Value);

    /// <summary>The 95 % interval as a text, or nothing.</summary>
    public static string IntervalOf(Figure? figure) => figure?.Interval is { } interval ? RangeOf(figure, interval.Low, interval.High) : "";

    /// <summary>A range with its unit once.</summary>
    public static string RangeOf(Figure figure, double low, double high)
    {
        const string Percent = " %";
        string from = TextOf(figure, low);
        return $"{(from.EndsWith(Percent, StringComparison.Ordinal) ? from[..^Percent.Length] : from)} to {TextOf(figure, high)}";
    }

    /// <summary>Whether both intervals are known and do not touch: the difference is not chance.</summary>
    public static bool AreApart(Figure? before, Figure? after) =>
        before?.Interval is { } earlier && after?.Interval is { } later && (earlier.High < later.Low || later.High < earlier.Low);

    /// <summary>The figures that either net has, each once.</summary>
    public static ImmutableArray<Figure> Of(RunMetrics metrics) => [.. metrics.After.Figures.Concat(metrics.Before.Figures).DistinctBy(figure => figure.Name)];

    private static string TextOf(Figure figure, double value)
    {
        string text = figure.Unit == FigureUnit.Count ? value.ToString("N0", CultureInfo.InvariantCulture) : (figure with { Value = value }).Text;

        // What rounds to nothing has no sign.
        return text.AsSpan().ContainsAnyInRange('1', '9') ? text.Replace('-', '\u2212') : text.TrimStart('-');
    }
}
