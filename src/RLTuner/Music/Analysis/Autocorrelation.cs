namespace RLTuner.Music.Analysis;

/// <summary>
/// How much a row of whole numbers resembles itself one, two and three entries later: for lag k
/// r = Σ (x[t+k]-m)(x[t]-m) / (n v), with the mean m and the variance v of all n numbers.
/// </summary>
/// <remarks>
/// Kept as sums, so that an entry more costs O(1), and exact: with S = Σx, Q = Σx², P = Σ x[t]x[t+k], A and B the sums of the
/// first and the last n-k entries, r = (n²P - nS(A+B) + (n-k)S²) / (n²Q - nS²). The sums are 64 bits and the products 128 bits
/// wide: entries below 1,000 in size cannot overflow them before n = 2³¹.
/// </remarks>
public readonly record struct Autocorrelation
{
    /// <summary>The largest lag.</summary>
    public const int MaxLag = 3;

    /// <summary>Fewer attacks say nothing of how a melody resembles itself.</summary>
    public const int LeastAttacks = MaxLag + 1;

    private readonly long _sum;
    private readonly long _squares;
    private readonly long _products1;
    private readonly long _products2;
    private readonly long _products3;
    private readonly int _first1;
    private readonly int _first2;
    private readonly int _first3;
    private readonly int _last1;
    private readonly int _last2;
    private readonly int _last3;

    private Autocorrelation(in Autocorrelation before, int x)
    {
        Count = before.Count + 1;
        _sum = before._sum + x;
        _squares = before._squares + ((long)x * x);

        // Entries that don't exist yet are 0 and add nothing to the products.
        _products1 = before._products1 + ((long)x * before._last1);
        _products2 = before._products2 + ((long)x * before._last2);
        _products3 = before._products3 + ((long)x * before._last3);
        _first1 = before.Count == 0 ? x : before._first1;
        _first2 = before.Count == 1 ? x : before._first2;
        _first3 = before.Count == 2 ? x : before._first3;
        _last1 = x;
        _last2 = before._last1;
        _last3 = before._last2;
    }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; }

    /// <summary>Whether all numbers are equal (also where there is none).</summary>
    public bool IsConstant => Math.BigMul(Count, _squares) == Math.BigMul(_sum, _sum);

    /// <summary>The row with a number appended.</summary>
    public Autocorrelation With(int x) => new(in this, x);

    /// <summary>The autocorrelation at a lag: 0 where no two entries lie so far apart, undefined where all numbers are equal.</summary>
    /// <param name="lag">1 to <see cref="MaxLag"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another lag.</exception>
    public Correlation At(int lag)
    {
        (long products, long ends) = lag switch
        {
            1 => (_products1, (long)_first1 + _last1),
            2 => (_products2, (long)_first1 + _first2 + _last1 + _last2),
            3 => (_products3, (long)_first1 + _first2 + _first3 + _last1 + _last2 + _last3),
            _ => throw new ArgumentOutOfRangeException(nameof(lag), lag, $"expected a lag from 1 to {MaxLag}"),
        };
        long n = Count;
        Int128 denominator = Math.BigMul(n * n, _squares) - Math.BigMul(n * _sum, _sum);
        if (lag >= n)
        {
            return new Correlation(0, denominator);
        }

        // A + B: twice the sum, less the first k and the last k entries.
        long bothSums = (2 * _sum) - ends;
        Int128 numerator = Math.BigMul(n * n, products) - Math.BigMul(n * _sum, bothSums) + Math.BigMul((n - lag) * _sum, _sum);
        return new Correlation(numerator, denominator);
    }
}
