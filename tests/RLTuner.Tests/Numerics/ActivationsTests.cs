using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class ActivationsTests
{
    /// <summary>What the class promises.</summary>
    private const double Claim = 3e-7;

    [Fact]
    public void Sigmoid_keeps_its_claim_down_to_where_it_stops_falling()
    {
        float[] x = Grid(-80, 100), y = new float[x.Length];
        Sigmoid(x, y);
        AssertRelative(x, y, value => 1 / (1 + Math.Exp(-value)));
    }

    [Fact]
    public void Tanh_keeps_its_claim()
    {
        float[] x = Grid(-12, 12), y = new float[x.Length];
        Tanh(x, y);
        AssertRelative(x, y, Math.Tanh);
    }

    [Fact]
    public void Tanh_of_tiny_numbers_is_as_exact_as_of_others()
    {
        float[] x = [.. Enumerable.Range(-120, 121).SelectMany(power => (float[])[MathF.Pow(2, power), -1.7f * MathF.Pow(2, power)])];
        float[] y = new float[x.Length];
        Tanh(x, y);
        AssertRelative(x, y, Math.Tanh);
    }

    [Fact]
    public void Extremes_saturate_and_no_number_stays_none()
    {
        float[] x = [float.NegativeInfinity, float.MinValue, -1000, -0f, 0, 1000, float.MaxValue, float.PositiveInfinity, float.NaN];
        float[] y = new float[x.Length];
        Sigmoid(x, y);
        float least = y[0];
        Assert.InRange(least, 1e-35f, 2e-35f);
        Assert.Equal([least, least, least, 0.5f, 0.5f, 1, 1, 1, float.NaN], y);
        Tanh(x, y);
        Assert.Equal([-1, -1, -1, -0f, 0, 1, 1, 1, float.NaN], y);
    }

    [Fact]
    public void Tanh_never_passes_1()
    {
        float[] x = Grid(7, 9), y = new float[x.Length];
        Tanh(x, y);
        Assert.InRange(y.Max(), 0.9999999f, 1);
    }

    private static float[] Grid(float from, float to) => [.. Enumerable.Range(0, 400_001).Select(i => from + ((to - from) * i / 400_000f))];

    private static void AssertRelative(float[] x, float[] y, Func<double, double> exact)
    {
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = exact(x[i]);
            worst = Math.Max(worst, expected == 0 ? Math.Abs(y[i]) : Math.Abs((y[i] - expected) / expected));
        }

        Assert.True(worst <= Claim, $"relative error {worst}");
    }

    private static unsafe void Sigmoid(float[] x, float[] y)
    {
        float* eight = stackalloc float[8], sixteen = stackalloc float[16];
        for (int i = 0; i < x.Length; i++)
        {
            Activations.Sigmoid(Lanes8.Broadcast(x[i])).Store(eight);
            Activations.Sigmoid(Lanes16.Broadcast(x[i])).Store(sixteen);
            y[i] = SameInBoth(eight[i % 8], sixteen[i % 16]);
        }
    }

    private static unsafe void Tanh(float[] x, float[] y)
    {
        float* eight = stackalloc float[8], sixteen = stackalloc float[16];
        for (int i = 0; i < x.Length; i++)
        {
            Activations.Tanh(Lanes8.Broadcast(x[i])).Store(eight);
            Activations.Tanh(Lanes16.Broadcast(x[i])).Store(sixteen);
            y[i] = SameInBoth(eight[i % 8], sixteen[i % 16]);
        }
    }

    /// <summary>Seeded runs are the same on machines with narrow and with wide registers.</summary>
    private static float SameInBoth(float eight, float sixteen)
    {
        if (eight.Equals(sixteen))
        {
            return eight;
        }

        throw new Xunit.Sdk.XunitException($"eight lanes give {eight:R}, sixteen {sixteen:R}");
    }
}
