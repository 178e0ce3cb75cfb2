using RLTuner.Numerics;

namespace RLTuner.Tests.Learning.PolicyGradient;

public sealed class PolicyLossTests
{
    [Theory]
    [InlineData(1.5f, 0.7f, 0f)]
    [InlineData(-2f, 0f, 0f)]
    [InlineData(0f, 3f, 0f)]
    [InlineData(1.5f, 0.7f, 0.25f)]
    [InlineData(0f, 1f, 2f)]
    public void Gradient_agrees_with_finite_differences_in_double_precision(float advantage, float weight, float entropyWeight)
    {
        const double Delta = 1e-6;
        RandomSource random = new(1, "logits");
        for (int trial = 0; trial < 50; trial++)
        {
            int classes = 2 + random.Next(40), action = random.Next(classes);
            float[] logits = Draw(random, classes), others = Draw(random, classes), gradient = new float[classes];
            double[] exact = [.. logits.Select(value => (double)value)], frozen = [.. others.Select(value => (double)value)];
            (float divergence, float entropy) = PolicyLoss.Compare(logits, others, entropyWeight);
            Assert.Equal(Divergence(exact, frozen), divergence, 1e-5);
            Assert.Equal(-Probabilities(exact).Sum(p => p * Math.Log(p)), entropy, 1e-5);
            PolicyLoss.Gradient(logits, others, divergence - (entropyWeight * entropy), action, advantage, weight, gradient);
            for (int i = 0; i < classes; i++)
            {
                double kept = exact[i];
                exact[i] = kept + Delta;
                double up = Loss(exact, frozen, action, advantage, weight, entropyWeight);
                exact[i] = kept - Delta;
                double down = Loss(exact, frozen, action, advantage, weight, entropyWeight);
                exact[i] = kept;
                Assert.Equal((up - down) / (2 * Delta), gradient[i], 2e-5);
            }
        }
    }

    [Fact]
    public void The_comparison_leaves_probabilities_and_log_ratios()
    {
        float[] logits = [1, 2, 200], others = [1, 2, 3];
        (float divergence, float entropy) = PolicyLoss.Compare(logits, others);
        Assert.Equal([0, 0, 1], logits);
        Assert.Equal(Math.Log(1 + Math.Exp(-1) + Math.Exp(-2)), others[2], 1e-6);
        Assert.Equal(others[2], divergence);
        Assert.Equal(0, entropy);
    }

    [Fact]
    public void Equal_policies_are_not_apart()
    {
        float[] logits = [3, -1, 0.5f], others = [.. logits], gradient = new float[3];
        Assert.Equal(0, PolicyLoss.Compare(logits, others).Divergence);
        PolicyLoss.Gradient(logits, others, 0, 1, 0, 5, gradient);
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    private static float[] Draw(RandomSource random, int classes) => [.. Enumerable.Range(0, classes).Select(_ => (float)((random.NextDouble() * 6) - 3))];

    private static double Loss(double[] logits, double[] others, int action, double advantage, double weight, double entropyWeight)
    {
        double[] q = Probabilities(logits);
        return (-advantage * Math.Log(q[action])) + (weight * (Divergence(logits, others) + (entropyWeight * q.Sum(p => p * Math.Log(p)))));
    }

    private static double Divergence(double[] logits, double[] others) =>
        Probabilities(logits).Zip(Probabilities(others)).Sum(pair => pair.First * Math.Log(pair.First / pair.Second));

    private static double[] Probabilities(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }
}
