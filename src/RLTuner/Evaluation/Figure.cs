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
}

/// <summary>One named number of a statistic. Figures of the same name in two statistics answer the same question.</summary>
/// <param name="Name">In snake_case, such as <c>notes_not_in_key</c>; docs/metrics.md defines it.</param>
/// <param name="Value">The number; not a number where there was nothing to measure.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Description">One line on what is counted, and over what.</param>
public sealed record Figure(string Name, double Value, FigureUnit Unit, string Description)
{
    /// <summary>The number as a reader wants it: <c>12</c>, <c>12.3 %</c>, <c>0.123</c>, or <c>-</c> where nothing was measured.</summary>
    public string Text => double.IsNaN(Value) ? "-" : Unit switch
    {
        FigureUnit.Count => Value.ToString("0", CultureInfo.InvariantCulture),
        FigureUnit.Share => (100 * Value).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        FigureUnit.Correlation => Value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>A part of a whole; not a number where the whole is 0.</summary>
    internal static Figure Share(string name, double part, double whole, string description) =>
        new(name, Ratio(part, whole), FigureUnit.Share, description);

    /// <summary>part / whole, or not a number where the whole is 0.</summary>
    internal static double Ratio(double part, double whole) => whole == 0 ? double.NaN : part / whole;
}
