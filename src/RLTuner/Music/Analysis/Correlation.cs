namespace RLTuner.Music.Analysis;

/// <summary>A correlation as an exact fraction.</summary>
/// <param name="Numerator">Any whole number.</param>
/// <param name="Denominator">Positive, or 0 where the correlation is undefined (all values equal).</param>
public readonly record struct Correlation(Int128 Numerator, Int128 Denominator)
{
    /// <summary>Whether the values varied at all.</summary>
    public bool IsDefined => Denominator != 0;

    /// <summary>The correlation, -1 to 1; not a number where undefined.</summary>
    public double Value => IsDefined ? (double)Numerator / (double)Denominator : double.NaN;

    /// <summary>Whether its size is above this many hundredths, without rounding; never where undefined.</summary>
    public bool IsStrongerThan(int hundredths) => 100 * Int128.Abs(Numerator) > hundredths * Denominator;
}
