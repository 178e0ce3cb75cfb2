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
    public void Another_copy_follows_a_share_of_the_way()
    {
        float[] weights = [1, -2, 3], follower = [0, 0, 3];
        Adam adam = new(3);
        adam.NextStep();
        adam.Update(weights, [0, 0, 0], 0, 1, 0.1f, follower, 0.25f);
        Assert.Equal([1, -2, 3], weights);
        Assert.Equal([0.25f, -0.5f, 3], follower);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(1600)]
    public void Every_width_of_registers_gives_the_bits_of_the_plain_form(int length)
    {
        float[] plain = Run((adam, step, weights, gradient, follower) => adam.UpdatePlain(step, weights, gradient, 0, follower));
        Assert.Equal(plain, Run((adam, step, weights, gradient, follower) => adam.Update<Lanes8>(step, weights, gradient, 0, follower)));
        Assert.Equal(plain, Run((adam, step, weights, gradient, follower) => adam.Update<Lanes16>(step, weights, gradient, 0, follower)));

        float[] Run(Action<Adam, Adam.Step, float[], float[], float[]> update)
        {
            RandomSource random = new(3, "adam");
            float[] weights = Numbers(1), follower = Numbers(1);
            Adam adam = new(length);
            for (int t = 0; t < 20; t++)
            {
                // Gradients of every size, down to those whose squares are negligible.
                update(adam, new Adam.Step(0.01f, 0.7f, 0.1f), weights, Numbers(Math.Pow(10, -2 * t)), follower);
            }

            return [.. weights, .. follower, .. adam.Mean, .. adam.Variance];

            float[] Numbers(double size) => [.. Enumerable.Range(0, length).Select(_ => (float)(size * (random.NextDouble() - 0.5)))];
        }
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
