using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Numerics;
using RLTuner.Tests.Tuning;

namespace RLTuner.Tests.Learning.Q;

public sealed class ExplorerTests
{
    private static readonly float[] Scores = [0, 1, 3, 2, 2.5f];

    [Fact]
    public void Epsilon_falls_in_a_line_that_counts_the_first_action_as_one()
    {
        Explorer explorer = Explorer(Greedy with { ExplorationSteps = 100 });
        Dictionary<long, double> expected = new()
        {
            [1] = 0.991,
            [2] = 0.982,
            [50] = 0.55,
            [99] = 0.109,
            [100] = 0.1,
            [101] = 0.1,
            [1000] = 0.1,
        };
        for (long action = 1; action <= 1000; action++)
        {
            if (expected.TryGetValue(action, out double epsilon))
            {
                Assert.Equal(epsilon, explorer.Epsilon, 1e-12);
            }

            explorer.Choose(Scores);
            Assert.Equal(action, explorer.Clock);
        }
    }

    [Fact]
    public void Skipped_actions_count_for_the_schedule()
    {
        Explorer explorer = Explorer(Greedy with { ExplorationSteps = 10_000 });
        explorer.Choose(Scores);
        explorer.Skip(3200);
        Assert.Equal(1 - (3202 * 0.9 / 10_000), explorer.Epsilon, 1e-12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 0.2)]
    [InlineData(1, 0.8)]
    public void A_random_note_is_played_as_often_as_epsilon_says(double epsilon, double expectedOthers)
    {
        Explorer explorer = Explorer(Greedy with { ExplorationSteps = 1, RandomActionProbability = epsilon });
        int others = Choices(explorer, 20_000).Count(choice => choice.Played != 2);
        Assert.Equal(expectedOthers, others / 20_000.0, 0.02);
    }

    [Theory]
    [InlineData(Quirks.None, 38)]
    [InlineData(Quirks.Magenta, 37)]
    public void Random_notes_are_uniform_and_the_original_never_draws_the_highest(Quirks quirks, int classes)
    {
        SmallRunOptions options = Greedy with { ExplorationSteps = 1, RandomActionProbability = 1, Quirks = quirks };
        Explorer explorer = new(options.Learner, options.Quirks, 38, new RandomSource(1, "acting"));
        int[] counts = new int[38];
        float[] scores = new float[38];
        for (int i = 0; i < 38_000; i++)
        {
            Choice choice = explorer.Choose(scores);
            Assert.Equal(choice.Played, choice.Credited);
            counts[choice.Played]++;
        }

        Assert.All(counts[..classes], count => Assert.InRange(count, 850, 1200));
        Assert.All(counts[classes..], count => Assert.Equal(0, count));
    }

    [Theory]
    [InlineData(Quirks.None, ExplorationMode.Boltzmann, false)]
    [InlineData(Quirks.None, ExplorationMode.EpsilonGreedy, true)]
    [InlineData(Quirks.Magenta, ExplorationMode.Boltzmann, false)]
    [InlineData(Quirks.Magenta, ExplorationMode.EpsilonGreedy, true)]
    public void A_sampled_note_follows_softmax_and_the_original_credits_the_best_one_for_it(
        Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        Explorer explorer = Explorer(new SmallRunOptions
        {
            Quirks = quirks,
            ExplorationMode = mode,
            StochasticObservations = stochastic,
            ExplorationSteps = 1,
            RandomActionProbability = 0,
        });
        List<Choice> choices = Choices(explorer, 40_000);
        double sum = Scores.Sum(score => Math.Exp(score));
        for (int i = 0; i < Scores.Length; i++)
        {
            Assert.Equal(Math.Exp(Scores[i]) / sum, choices.Count(choice => choice.Played == i) / 40_000.0, 0.012);
        }

        Assert.All(choices, choice => Assert.Equal(quirks == Quirks.Magenta ? 2 : choice.Played, choice.Credited));
    }

    [Fact]
    public void Boltzmann_exploration_knows_no_epsilon() =>
        Assert.Equal(0, Explorer(new SmallRunOptions { ExplorationMode = ExplorationMode.Boltzmann }).Epsilon);

    private static SmallRunOptions Greedy { get; } = new() { ExplorationMode = ExplorationMode.EpsilonGreedy };

    private static Explorer Explorer(SmallRunOptions options) => new(options.Learner, options.Quirks, Scores.Length, new RandomSource(1, "acting"));

    private static List<Choice> Choices(Explorer explorer, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => explorer.Choose(Scores))];
}
