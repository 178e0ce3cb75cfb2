using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class RandomSourceTests
{
    [Fact]
    public void Same_seed_and_purpose_give_the_same_numbers_and_others_do_not()
    {
        static ulong[] Draw(ulong seed, string purpose)
        {
            RandomSource random = new(seed, purpose);
            return [.. Enumerable.Range(0, 8).Select(_ => random.NextBits())];
        }

        Assert.Equal(Draw(7, "acting"), Draw(7, "acting"));
        Assert.Empty(Draw(7, "acting").Intersect(Draw(7, "replay")));
        Assert.Empty(Draw(7, "acting").Intersect(Draw(8, "acting")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(38)]
    [InlineData(100_000)]
    public void Integers_are_uniform(int bound)
    {
        RandomSource random = new(3, "uniform");
        const int Draws = 100_000;
        double sum = 0;
        for (int i = 0; i < Draws; i++)
        {
            int value = random.Next(bound);
            Assert.InRange(value, 0, bound - 1);
            sum += value;
        }

        double deviation = Math.Sqrt((((double)bound * bound) - 1) / 12 / Draws);
        Assert.InRange(sum / Draws, ((bound - 1) / 2.0) - (5 * deviation), ((bound - 1) / 2.0) + (5 * deviation));
    }

    [Fact]
    public void Doubles_lie_in_the_unit_interval_and_average_one_half()
    {
        RandomSource random = new(4, "doubles");
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(values, value => Assert.InRange(value, 0, 1 - 1e-16));
        Assert.Equal(0.5, values.Average(), 0.005);
    }
}
