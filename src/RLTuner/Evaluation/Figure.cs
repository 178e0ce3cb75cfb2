using System.Globalization;

namespace RLTuner.Evaluation;

/// <summary>What a figure is measured in.</summary>
public enum FigureUnit
{
    /// <summary>A number of things.</summary>
    Count,

    /// <summary>A part of a whole, 0 to 1; written in per cent.</summary>
    Share,

    /// <summary>A mean number in a melody.</summary>
    PerMelody,

    /// <summary>A mean number in a bar.</summary>
    PerBar,

    /// <summary>A correlation, -1 to 1.</summary>
    Correlation,

    /// <summary>Information: a mean in nats.</summary>
    Nats,

    /// <summary>Information in bits.</summary>
    Bits,

    /// <summary>A length in sixteenth notes.</summary>
    Steps,
}

/// <summary>One named number of a statistic. Figures of the same name in two statistics answer the same question.</summary>
/// <param name="Name">In snake_case, such as <c>notes_not_in_key</c>; docs/metrics.md defines it.</param>
/// <param name="Value">The number; not a number where there was nothing to measure.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Description">One line on what is counted, and over what.</param>
public sealed record Figure(string Name, double Value, FigureUnit Unit, string Description)
{
    /// <summary>Where the figure of very many melodies of the same kind lies, in 95 of 100 cases; nothing where that is not known.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>The number as a reader wants it: <c>12</c>, <c>12.3 %</c>, <c>0.123</c>, or <c>-</c> where nothing was measured.</summary>
    public string Text => double.IsNaN(Value) ? "-" : Number(Value) + (Unit == FigureUnit.Share ? " %" : "");

    /// <summary>The ends of the interval in the same form, such as <c>12.1 to 12.5</c>; empty without one.</summary>
    public string IntervalText => Interval is { } interval ? $"{Number(interval.Low)} to {Number(interval.High)}" : "";

    /// <summary>Whether one melody is one case, which counts or does not: such shares have Wilson's interval.</summary>
    internal bool CountsMelodies { get; private init; }

    /// <summary>What the value is a ratio of, where each melody adds to both; null for other figures.</summary>
    internal (double Part, double Whole)? Sums { get; init; }

    /// <summary>A part of a whole, to both of which each melody adds; not a number where the whole is 0.</summary>
    internal static Figure Share(string name, double part, double whole, string description) =>
        Mean(name, part, whole, FigureUnit.Share, description);

    /// <summary>The share of melodies that have something.</summary>
    internal static Figure ShareOfMelodies(string name, double part, double melodies, string description) =>
        Share(name, part, melodies, description) with { CountsMelodies = true };

    /// <summary>A sum over a count, to both of which each melody adds; not a number where the count is 0.</summary>
    internal static Figure Mean(string name, double sum, double count, FigureUnit unit, string description) =>
        new(name, Ratio(sum, count), unit, description) { Sums = (sum, count) };

    /// <summary>A figure with the interval of its estimate.</summary>
    internal static Figure Of(string name, Estimate estimate, FigureUnit unit, string description) =>
        new Figure(name, estimate.Value, unit, description).With(estimate.Interval);

    /// <summary>The same with a value and its interval.</summary>
    internal Figure Measured(Estimate estimate) => (this with { Value = estimate.Value }).With(estimate.Interval);

    /// <summary>The same with an interval; a share does not leave 0 to 1.</summary>
    internal Figure With(ConfidenceInterval? interval) => this with
    {
        Interval = interval is { } ends && Unit == FigureUnit.Share ? new(Math.Max(0, ends.Low), Math.Min(1, ends.High)) : interval,
    };

    /// <summary>part / whole, or not a number where the whole is 0.</summary>
    internal static double Ratio(double part, double whole) => whole == 0 ? double.NaN : part / whole;

    private string Number(double value) => Unit switch
    {
        FigureUnit.Count => value.ToString("0", CultureInfo.InvariantCulture),
        FigureUnit.Share => (100 * value).ToString("0.0", CultureInfo.InvariantCulture),
        FigureUnit.Correlation or FigureUnit.Nats => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
