namespace RLTuner.Evaluation;

/// <summary>A figure of many melodies, and how far chance may have moved it.</summary>
/// <param name="Value">The figure; not a number where there was nothing to measure.</param>
/// <param name="StandardError">The standard deviation that it would have over other draws of as many melodies; not a number for fewer than two melodies.</param>
public readonly record struct Estimate(double Value, double StandardError)
{
    /// <summary>The 95 % interval by the normal approximation, or nothing where it cannot be told.</summary>
    public ConfidenceInterval? Interval => double.IsFinite(StandardError)
        ? new(Value - (ConfidenceInterval.Z * StandardError), Value + (ConfidenceInterval.Z * StandardError))
        : null;
}

/// <summary>Where a figure lies in 95 of 100 cases.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>The normal distribution has 95 % of its mass within this many standard deviations.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>The interval of a share of independent cases (Wilson 1927); sound for few cases and for shares near 0 and 1 too.</summary>
    /// <param name="part">Cases that count.</param>
    /// <param name="whole">All cases, more than 0.</param>
    public static ConfidenceInterval Wilson(double part, double whole)
    {
        double share = part / whole, z = Z * Z / whole;
        double centre = (share + (z / 2)) / (1 + z);
        double half = Math.Sqrt((share * (1 - share) * z) + (z * z / 4)) / (1 + z);
        return new(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
