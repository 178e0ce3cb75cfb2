using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class DivergenceTests
{
    [Fact]
    public void Is_what_it_is_by_hand()
    {
        // p = 1/2, 1/4, 1/4 and q = 1/3 each; a constant added to logits changes nothing.
        float[] p = [MathF.Log(2) + 7, 7, 7], q = [-3, -3, -3];
        (double divergence, double entropy) = Divergence.Of(p, q);
        Assert.Equal((0.5 * Math.Log(1.5)) + (0.5 * Math.Log(0.75)), divergence, 1e-6);
        Assert.Equal(1.5 * Math.Log(2), entropy, 1e-6);

        (divergence, entropy) = Divergence.Of(q, p);
        Assert.Equal(((Math.Log(2.0 / 3)) + (2 * Math.Log(4.0 / 3))) / 3, divergence, 1e-6);
        Assert.Equal(Math.Log(3), entropy, 1e-12);
    }

    [Fact]
    public void Is_0_from_itself_never_negative_and_entropy_is_bounded()
    {
        RandomSource random = new(3, "logits");
        for (int i = 0; i < 2000; i++)
        {
            int classes = 1 + random.Next(40);
            double size = Math.Pow(10, random.Next(5) - 1);
            float[] p = Logits(), q = Logits(), close = [.. p.Select(x => MathF.BitIncrement(x))];
            Assert.Equal(0, Divergence.Of(p, p).Divergence);
            Assert.All((float[][])[q, close], other => Assert.InRange(Divergence.Of(p, other).Divergence, 0, double.MaxValue));
            Assert.InRange(Divergence.Of(p, q).Entropy, 0, Math.Log(classes) + 1e-12);

            float[] Logits() => [.. Enumerable.Range(0, classes).Select(_ => (float)(size * (random.NextDouble() - 0.5)))];
        }
    }
}
