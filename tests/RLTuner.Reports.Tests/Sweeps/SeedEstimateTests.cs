using System.Globalization;
using RLTuner.Numerics;
using RLTuner.Reports.Sweeps;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Sweeps;

/// <summary>Means and intervals over seeds, against tables of the field and an independent computation.</summary>
public sealed class SeedEstimateTests
{
    [Theory]
    [InlineData(2, 12.706)]
    [InlineData(5, 2.776)]
    [InlineData(10, 2.262)]
    [InlineData(31, 2.042)]
    public void Student_s_interval_has_the_printed_quantile(int count, double quantile)
    {
        // 0, 1, 0, 1, …: t = half / (s / sqrt n); tables of Student's t print the two-sided 5 % point to three decimals.
        SeedEstimate estimate = SeedEstimate.Of(Enumerable.Range(0, count).Select(i => (double)(i % 2)));
        Assert.Equal(quantile, (estimate.Student!.Value.High - estimate.Mean) / (estimate.Deviation / Math.Sqrt(count)), 5e-4);
        Assert.Equal(estimate.Mean, (estimate.Student.Value.High + estimate.Student.Value.Low) / 2, 12);
    }

    [Fact]
    public void One_seed_has_no_interval_and_none_no_mean()
    {
        Assert.Equal(new SeedEstimate(1, 3, double.NaN, null, null), SeedEstimate.Of([3, double.NaN]));
        Assert.Equal(new SeedEstimate(0, double.NaN, double.NaN, null, null), SeedEstimate.Of([double.PositiveInfinity]));
    }

    /// <summary>
    /// Of two seeds a resample has the mean of both with probability 1/2, and of each twice with 1/4: the 2.5 % points are the seeds themselves. Of three, all-equal
    /// resamples have 1/27 = 3.7 % each.
    /// </summary>
    [Theory]
    [InlineData(4.0, -2.0)]
    [InlineData(4.0, -2.0, 1.0)]
    public void The_bootstrap_of_two_or_three_seeds_reaches_from_the_lowest_to_the_highest(params double[] seeds)
    {
        SeedEstimate estimate = SeedEstimate.Of(seeds);
        Assert.Equal((-2, 4), (estimate.Bootstrap!.Value.Low, estimate.Bootstrap.Value.High));
    }

    [Fact]
    public void NumPy_finds_the_same_intervals()
    {
        // The t interval by integrating the density; the bootstrap by NumPy's own random numbers, so within what 4,000 resamples can tell.
        const string Script = """
            import sys, numpy as np
            from math import lgamma, exp, pi, sqrt
            def quantile(df):
                t = np.linspace(0, 60, 6_000_001)
                density = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * pi) * (1 + t * t / df) ** (-(df + 1) / 2)
                mass = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2 * (t[1] - t[0]))])
                return np.interp(0.475, mass, t)
            for line in sys.stdin:
                x = np.array([float(v) for v in line.split()])
                half = quantile(len(x) - 1) * x.std(ddof=1) / sqrt(len(x))
                means = x[np.random.default_rng(5).integers(0, len(x), (200_000, len(x)))].mean(axis=1)
                low, high = np.percentile(means, [2.5, 97.5])
                print(x.mean(), x.std(ddof=1), x.mean() - half, x.mean() + half, low, high)
            """;
        RandomSource random = new(9, "seeds");
        double[][] groups = [.. new[] { 3, 5, 8, 20, 60 }.Select(count => Enumerable.Range(0, count).Select(_ => Math.Exp(2 * random.NextDouble()) - 5).ToArray())];
        string[] lines = NumPy.Run(Script, string.Concat(groups.Select(group => string.Join(' ', group.Select(value => value.ToString("R", CultureInfo.InvariantCulture))) + "\n")));
        Assert.Equal(groups.Length, lines.Length);
        foreach ((double[] group, string line) in groups.Zip(lines))
        {
            double[] theirs = [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            SeedEstimate ours = SeedEstimate.Of(group);
            Assert.Equal(theirs[0], ours.Mean, 1e-12);
            Assert.Equal(theirs[1], ours.Deviation, 1e-12);
            Assert.Equal(theirs[2], ours.Student!.Value.Low, 1e-5 * ours.Deviation);
            Assert.Equal(theirs[3], ours.Student.Value.High, 1e-5 * ours.Deviation);

            // A 2.5 % point of 4,000 resamples has a standard error of some 0.07 of the mean's own; of few seeds it may jump to the next possible mean.
            double error = ours.Deviation / Math.Sqrt(group.Length);
            Assert.Equal(theirs[4], ours.Bootstrap!.Value.Low, 0.25 * error);
            Assert.Equal(theirs[5], ours.Bootstrap.Value.High, 0.25 * error);
        }
    }
}
