namespace RLTuner.Evaluation;

/// <summary>
/// A figure Σ part / Σ whole over melodies, with its standard error from the variance between melodies (the ratio estimator: Cochran
/// 1977, section 6.3): notes of one melody hang together, so they are no independent cases. Where each whole is 1 this is a mean.
/// </summary>
internal struct RatioSum
{
    /// <summary>Squares that are so much less than what they are a difference of are rounding.</summary>
    private const double Rounding = 1e-12;

    private double _whole, _partSquared, _partWhole, _wholeSquared;
    private long _melodies;

    /// <summary>Σ part.</summary>
    public double Part { get; private set; }

    /// <summary>The figure of melodies that are all there.</summary>
    public static Estimate Of<T>(IEnumerable<T> melodies, Func<T, (double Part, double Whole)> contribution)
    {
        RatioSum sum = default;
        foreach (T melody in melodies)
        {
            (double part, double whole) = contribution(melody);
            sum.Add(part, whole);
        }

        return sum.ToEstimate();
    }

    /// <summary>Adds a melody.</summary>
    public void Add(double part, double whole)
    {
        _melodies++;
        Part += part;
        _whole += whole;
        _partSquared += part * part;
        _partWhole += part * whole;
        _wholeSquared += whole * whole;
    }

    public readonly Estimate ToEstimate()
    {
        double ratio = Figure.Ratio(Part, _whole);
        double squares = _partSquared - (2 * ratio * _partWhole) + (ratio * ratio * _wholeSquared);
        squares = squares > Rounding * _partSquared ? squares : 0;
        return new(ratio, _melodies < 2 ? double.NaN : Math.Sqrt(squares * _melodies / (_melodies - 1)) / _whole);
    }
}
