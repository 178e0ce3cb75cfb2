using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using RLTuner.Evaluation;
using RLTuner.Numerics;

namespace RLTuner.Reports.Sweeps;

/// <summary>The mean of a figure over seeds, and where the mean of very many seeds lies.</summary>
/// <param name="Count">How many seeds.</param>
/// <param name="Mean">Their mean; NaN for none.</param>
/// <param name="Deviation">Their standard deviation, over n - 1; NaN for fewer than two.</param>
/// <param name="Student">The 95 % interval by Student's t, which holds for few seeds too where they spread as a bell; nothing for fewer than two.</param>
/// <param name="Bootstrap">
/// The 95 % interval by the percentile bootstrap (Efron 1979), which assumes no shape but is too narrow for few seeds: of five it covers some 80 %. Nothing for fewer than two.
/// </param>
internal sealed record SeedEstimate(int Count, double Mean, double Deviation, ConfidenceInterval? Student, ConfidenceInterval? Bootstrap)
{
    private const double Low = .025, High = .975;

    private const int Resamples = 4000;

    /// <summary>Which seeds each resample takes; of all estimates of as many seeds the same, so that a report is the same each time.</summary>
    private static readonly ConcurrentDictionary<int, int[]> Draws = [];

    /// <summary>The estimate from a value a seed; those that are NaN or infinite are left out.</summary>
    public static SeedEstimate Of(IEnumerable<double> values)
    {
        double[] seeds = [.. values.Where(double.IsFinite)];
        if (seeds.Length < 2)
        {
            return new SeedEstimate(seeds.Length, seeds.Length == 0 ? double.NaN : seeds[0], double.NaN, null, null);
        }

        double mean = seeds.Average(), deviation = Math.Sqrt(seeds.Sum(value => (value - mean) * (value - mean)) / (seeds.Length - 1));
        double half = StudentT.InvCDF(0, 1, seeds.Length - 1, High) * deviation / Math.Sqrt(seeds.Length);
        return new SeedEstimate(seeds.Length, mean, deviation, new(mean - half, mean + half), BootstrapOf(seeds));
    }

    private static ConfidenceInterval BootstrapOf(double[] seeds)
    {
        int[] draws = Draws.GetOrAdd(seeds.Length, static count =>
        {
            RandomSource random = new(1, "bootstrap");
            return [.. Enumerable.Range(0, Resamples * count).Select(_ => random.Next(count))];
        });
        double[] means = new double[Resamples];
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < seeds.Length; j++)
            {
                sum += seeds[draws[(i * seeds.Length) + j]];
            }

            means[i] = sum / seeds.Length;
        }

        Array.Sort(means);
        return new(Quantile(means, Low), Quantile(means, High));
    }

    /// <summary>Between the two nearest values in proportion, as NumPy's percentile.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return double.Lerp(sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], at - below);
    }
}
