using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class SoftmaxTests
{
    [Fact]
    public void Large_logits_do_not_overflow()
    {
        float[] probabilities = new float[3];
        Softmax.Probabilities([1000, 999, -1000], probabilities);
        Assert.Equal([0.7310586f, 0.26894143f, 0f], probabilities);
        Assert.Equal(1000.3132617, Softmax.LogSumExp([1000, 999, -1000]), 1e-4);
    }

    [Fact]
    public void Probabilities_and_log_probabilities_agree()
    {
        RandomSource random = new(5, "logits");
        for (int trial = 0; trial < 100; trial++)
        {
            float[] logits = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => (float)((random.NextDouble() * 20) - 10))];
            float[] probabilities = new float[logits.Length];
            Softmax.Probabilities(logits, probabilities);
            Assert.Equal(1, probabilities.Sum(), 1e-5);
            for (int i = 0; i < logits.Length; i++)
            {
                Assert.Equal(probabilities[i], Math.Exp(Softmax.LogProbability(logits, i)), 1e-5);
            }
        }
    }

    [Fact]
    public void Samples_follow_the_probabilities()
    {
        float[] logits = [0, 1, float.NegativeInfinity, 2], scratch = new float[4], probabilities = new float[4];
        Softmax.Probabilities(logits, probabilities);
        RandomSource random = new(6, "sampling");
        int[] counts = new int[4];
        for (int i = 0; i < 50_000; i++)
        {
            counts[Softmax.Sample(logits, random, scratch)]++;
        }

        Assert.Equal(0, counts[2]);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(probabilities[i], counts[i] / 50_000.0, 0.01);
        }
    }
}
