using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class AdamTests
{
    [Fact]
    public void Follows_the_formula_with_epsilon_outside_the_bias_correction()
    {
        RandomSource random = new(2, "adam");
        float[] weights = new float[19];
        double[] expected = new double[19], mean = new double[19], variance = new double[19];
        Adam adam = new(weights.Length);
        for (int t = 1; t <= 50; t++)
        {
            float[] gradient = [.. weights.Select(_ => (float)(random.NextDouble() - 0.3))];
            adam.NextStep();
            adam.Update(weights, gradient, 0, 0.5f, 0.01f);
            double rate = 0.01 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t));
            for (int i = 0; i < weights.Length; i++)
            {
                double g = 0.5 * gradient[i];
                mean[i] = (0.9 * mean[i]) + (0.1 * g);
                variance[i] = (0.999 * variance[i]) + (0.001 * g * g);
                expected[i] -= rate * mean[i] / (Math.Sqrt(variance[i]) + 1e-8);
            }
        }

        Assert.All(weights.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 5e-6));
    }

    [Fact]
    public void A_weight_whose_gradient_has_died_leaves_no_denormals_behind()
    {
        float[] weights = new float[16];
        float[] gradient = [.. Enumerable.Repeat(1e-3f, 16)], zero = new float[16];
        Adam adam = new(16);
        adam.NextStep();
        adam.Update(weights, gradient, 0, 1, 1e-3f);
        for (int t = 0; t < 3000; t++)
        {
            adam.NextStep();
            adam.Update(weights, zero, 0, 1, 1e-3f);
        }

        float[] settled = [.. weights];
        adam.NextStep();
        adam.Update(weights, zero, 0, 1, 1e-3f);
        Assert.Equal(settled, weights);
    }
}
