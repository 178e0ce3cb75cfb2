using RLTuner.Numerics;
using RLTuner.Reports.Figures;

namespace RLTuner.Reports.Tests.Figures;

/// <summary>Axes of any data have few, round, evenly spaced ticks, and show all of the data.</summary>
public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 10, 0, 10, "0 2 4 6 8 10")]
    [InlineData(-1.7, 3.2, -2, 4, "−2 −1 0 1 2 3 4")]
    [InlineData(0, 0.013, 0, 0.014, "0 0.002 0.004 0.006 0.008 0.010 0.012 0.014")]
    [InlineData(0, 1_000_000, 0, 1_000_000, "0 0.2M 0.4M 0.6M 0.8M 1.0M")]
    [InlineData(0, 0, 0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 20_000, 0, 20_000, "0 5k 10k 15k 20k")]
    [InlineData(3, 3, 2.7, 3.3, "2.7 2.8 2.9 3.0 3.1 3.2 3.3")]
    public void Known_axes(double low, double high, double from, double to, string texts)
    {
        Axis axis = Axis.Around("x", [low, high]);
        Assert.Equal(from, axis.Low, 1e-9);
        Assert.Equal(to, axis.High, 1e-9);
        Assert.Equal(texts, string.Join(' ', axis.Ticks.Select(axis.TextOf)));
    }

    [Fact]
    public void Ticks_of_any_data_are_few_round_and_even_and_no_two_read_the_same()
    {
        RandomSource random = new(1, "axes");
        for (int i = 0; i < 5000; i++)
        {
            double size = Math.Pow(10, (random.NextDouble() * 14) - 7), middle = (random.NextDouble() - 0.5) * size * 4;
            double[] data = [middle - (size * random.NextDouble()), middle + (size * random.NextDouble())];
            int about = 2 + random.Next(8);
            Axis axis = Axis.Around("x", data, about);
            string seen = $"data {i}: {data[0]:R} to {data[1]:R}, about {about}";
            double[] ticks = [.. axis.Ticks];
            Assert.True(axis.Low <= data.Min() + (axis.Step * 1e-5) && axis.High >= data.Max() - (axis.Step * 1e-5), seen);
            Assert.True(ticks.Length >= 2 && ticks.Length <= (2 * about) + 3, seen);
            Assert.Equal(axis.Low, ticks[0], axis.Step * 1e-5);
            Assert.Equal(axis.High, ticks[^1], axis.Step * 1e-5);
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(axis.Step, pair.Second - pair.First, axis.Step * 1e-5));
            double leading = axis.Step / Math.Pow(10, Math.Floor(Math.Log10(axis.Step * 1.0001)));
            Assert.Contains(Math.Round(leading, 6), new double[] { 1, 2, 5 });
            Assert.Equal(ticks.Length, ticks.Select(axis.TextOf).Distinct().Count());
        }
    }

    [Theory]
    [InlineData]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData(0.0)]
    [InlineData(1e300, -1e300)]
    [InlineData(double.Epsilon)]
    [InlineData(1e99, -1e99)]
    [InlineData(1e99, 1.0)]
    [InlineData(5.0, 5.0000000000001)]
    public void Odd_data_have_an_axis_too(params double[] data)
    {
        Axis axis = Axis.Around("x", data);
        Assert.True(double.IsFinite(axis.Low) && double.IsFinite(axis.High) && axis.Low < axis.High);
        Assert.InRange(axis.Ticks.Length, 2, 20);
        Assert.All(axis.Ticks.Select(axis.TextOf), text => Assert.InRange(text.Length, 1, 24));
    }
}
