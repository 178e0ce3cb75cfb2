using System.Runtime.Intrinsics;
using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class ActivationsTests
{
    /// <summary>What the class promises.</summary>
    private const double Claim = 2.5e-7;

    [Fact]
    public void Sigmoid_keeps_its_claim_wherever_the_result_is_a_normal_number()
    {
        float[] x = Grid(-87, 100), y = new float[x.Length];
        Apply(Activations.Sigmoid, x, y);
        AssertRelative(x, y, value => 1 / (1 + Math.Exp(-value)));
    }

    [Fact]
    public void Tanh_keeps_its_claim()
    {
        float[] x = Grid(-12, 12), y = new float[x.Length];
        Apply(Activations.Tanh, x, y);
        AssertRelative(x, y, Math.Tanh);
    }

    [Fact]
    public void Tanh_of_tiny_numbers_is_as_exact_as_of_others()
    {
        float[] x = [.. Enumerable.Range(-120, 121).SelectMany(power => (float[])[MathF.Pow(2, power), -1.7f * MathF.Pow(2, power)])];
        float[] y = new float[x.Length];
        Apply(Activations.Tanh, x, y);
        AssertRelative(x, y, Math.Tanh);
    }

    [Fact]
    public void Extremes_saturate_and_no_number_stays_none()
    {
        float[] x = [float.NegativeInfinity, float.MinValue, -1000, -0f, 0, 1000, float.MaxValue, float.PositiveInfinity, float.NaN];
        float[] y = new float[x.Length];
        Apply(Activations.Sigmoid, x, y);
        Assert.Equal([0, 0, 0, 0.5f, 0.5f, 1, 1, 1, float.NaN], y);
        Apply(Activations.Tanh, x, y);
        Assert.Equal([-1, -1, -1, -0f, 0, 1, 1, 1, float.NaN], y);
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

    private static void Apply(Func<Vector256<float>, Vector256<float>> function, float[] x, float[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = function(Vector256.Create(x[i]))[i % Vector256<float>.Count];
        }
    }
}
