using RLTuner.Learning.PolicyGradient;

namespace RLTuner.Tests.Learning.PolicyGradient;

public sealed class AdvantagesTests
{
    [Fact]
    public void Three_melodies_of_two_notes_worked_by_hand()
    {
        float[] advantages = new float[6];
        Advantages.Of([1, 2, 0, 4, 5, 0], [9, 1, 9, 2, 9, 0], 0.5, 2, advantages);

        // G of the first notes is 1 + 2 - .5, 0 + 4 - 1 and 5, their mean 3.5; of the second 2, 4 and 0, their mean 2.
        Assert.Equal([1.5f * -1, 0, 1.5f * -0.5f, 1.5f * 2, 1.5f * 1.5f, 1.5f * -2], advantages);
    }

    [Fact]
    public void An_advantage_is_what_a_melody_has_more_than_the_mean_of_the_others()
    {
        float[] returns = [3, -1, 8, 2, 5], advantages = new float[5];
        Advantages.Of(returns, new float[5], 1, 1, advantages);
        for (int i = 0; i < returns.Length; i++)
        {
            Assert.Equal(returns[i] - ((returns.Sum() - returns[i]) / 4), advantages[i], 1e-5);
        }
    }

    [Fact]
    public void Outliers_are_cut_at_four_deviations()
    {
        float[] advantages = [.. Enumerable.Repeat(0f, 99), 10];
        Assert.Equal(1, Advantages.Clip(advantages), 1e-6);
        Assert.Equal(4, advantages[99], 1e-6);
        Assert.All(advantages[..99], advantage => Assert.Equal(0, advantage));
    }
}
