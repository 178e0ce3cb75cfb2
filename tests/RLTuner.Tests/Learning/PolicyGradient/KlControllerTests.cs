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
        controller.Observe(distance, 5);
        for (int update = 0; update < 3000; update++)
        {
            distance += pace * ((reach / controller.Weight) - distance);
            farthest = Math.Max(farthest, distance);
            controller.Observe(distance, 5);
        }

        Assert.Equal(target, distance, 0.02 * target);
        Assert.Equal(reach / target, controller.Weight, 0.05 * reach / target);
        Assert.InRange(farthest, 0.98 * target, 1.7 * target);
    }

    [Fact]
    public void While_the_distance_grows_fast_towards_the_target_the_price_does_not_fall()
    {
        KlController fast = new(100), slow = new(100);
        for (int update = 0; update < 100; update++)
        {
            fast.Observe(0.9 * update, 5);
            slow.Observe(0.1 * update, 5);
        }

        Assert.InRange(fast.Weight, Math.Exp(-2), 1);
        Assert.InRange(slow.Weight, 0, 0.5 * Math.Exp(-2));
    }

    [Fact]
    public void What_rewards_are_counted_in_changes_the_price_alone()
    {
        KlController points = new(8), hundredths = new(8);
        foreach (double distance in new[] { 0.0, 3, 9, 12 })
        {
            points.Observe(distance, 5);
            hundredths.Observe(distance, 500);
            Assert.Equal(100 * points.Weight, hundredths.Weight, 1e-9);
        }
    }

    [Fact]
    public void A_target_that_cannot_be_reached_keeps_the_price_finite()
    {
        KlController far = new(8), near = new(8);
        for (int update = 0; update < 10_000; update++)
        {
            far.Observe(100, 5);
            near.Observe(0, 5);
        }

        Assert.InRange(far.Weight, 1e6, 1e12);
        Assert.InRange(near.Weight, 1e-12, 1e-6);
    }

    [Fact]
    public void A_restored_one_goes_on_the_same()
    {
        KlController whole = new(8), resumed = new(8);
        foreach (double distance in new[] { 0.0, 3, 9, 12 })
        {
            whole.Observe(distance, 3);
        }

        MemoryStream stream = new();
        whole.Save(new BinaryWriter(stream));
        stream.Position = 0;
        resumed.Restore(new BinaryReader(stream));
        whole.Observe(7, 3);
        resumed.Observe(7, 3);
        Assert.Equal(whole.Weight, resumed.Weight);
    }
}
