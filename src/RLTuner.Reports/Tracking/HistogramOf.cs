using System.Collections.Immutable;
using RLTuner.Reports.Protos;

namespace RLTuner.Reports.Tracking;

/// <summary>Counts values in buckets whose limits grow by a tenth from ±1e-12 on, those that TensorFlow's histograms use.</summary>
internal static class HistogramOf
{
    private static readonly ImmutableArray<double> Limits = MakeLimits();

    /// <summary>Only buckets that hold something are kept, each with the empty one before it, so that its lower limit shows.</summary>
    public static Histogram Values(ReadOnlySpan<float> values)
    {
        double[] counts = new double[Limits.Length];
        Histogram histogram = new() { Min = double.MaxValue, Max = double.MinValue };
        foreach (float value in values)
        {
            int at = Limits.BinarySearch(value);

            // Limits are exclusive: a value that equals one belongs to the next bucket.
            counts[Math.Min(at >= 0 ? at + 1 : ~at, counts.Length - 1)]++;
            histogram.Min = Math.Min(histogram.Min, value);
            histogram.Max = Math.Max(histogram.Max, value);
            histogram.Sum += value;
            histogram.SumSquares += (double)value * value;
        }

        histogram.Num = values.Length;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0 || (i + 1 < counts.Length && counts[i + 1] > 0))
            {
                histogram.BucketLimit.Add(Limits[i]);
                histogram.Bucket.Add(counts[i]);
            }
        }

        return histogram;
    }

    private static ImmutableArray<double> MakeLimits()
    {
        List<double> positive = [];
        for (double limit = 1e-12; limit < 1e20; limit *= 1.1)
        {
            positive.Add(limit);
        }

        positive.Add(double.MaxValue);
        return [.. positive.Select(limit => -limit).Reverse(), 0, .. positive];
    }
}
