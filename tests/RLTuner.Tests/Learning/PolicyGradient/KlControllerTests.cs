using RLTuner.Learning.PolicyGradient;

namespace RLTuner.Tests.Learning.PolicyGradient;

/// <summary>A learner that is known: at a price β it goes a share of the way to the distance reach / β at each update.</summary>
public sealed class KlControllerTests
{
    [Theory]
    [InlineData(8, 5, 0.005)]
    [InlineData(8, 20, 0.01)]
    [InlineData(16, 10, 0.01)]
    [InlineData(2, 2, 0.02)]
    [InlineData(50, 10, 0.01)]
    public void A_known_system_comes_to_rest_at_the_target(double target, double reach, double pace)
    {
        KlController controller = new(target);
        double distance = 0, farthest = 0;
        for (int update = 0; update < 3000; update++)
        {
            distance += pace * ((reach / controller.Weight) - distance);
            farthest = Math.Max(farthest, distance);
            controller.Observe(distance);
        }

        Assert.Equal(target, distance, 0.02 * target);
        Assert.Equal(reach / target, controller.Weight, 0.05 * reach / target);
        Assert.InRange(farthest, 0.98 * target, 1.45 * target);
    }

    [Fact]
    public void While_the_distance_grows_towards_the_target_the_price_learns_nothing()
    {
        KlController growing = new(100), resting = new(100);
        for (int update = 0; update < 100; update++)
        {
            growing.Observe(0.1 * update);
            resting.Observe(growing.Weight > 1 ? 0 : 5);
        }

        Assert.Equal(Math.Exp(-2), growing.Weight, 0.1);
        Assert.True(resting.Weight < growing.Weight);
    }

    [Fact]
    public void A_restored_one_goes_on_the_same()
    {
        KlController whole = new(8), resumed = new(8);
        foreach (double distance in new[] { 0.0, 3, 9, 12 })
        {
            whole.Observe(distance);
        }

        MemoryStream stream = new();
        whole.Save(new BinaryWriter(stream));
        stream.Position = 0;
        resumed.Restore(new BinaryReader(stream));
        whole.Observe(7);
        resumed.Observe(7);
        Assert.Equal(whole.Weight, resumed.Weight);
    }
}
