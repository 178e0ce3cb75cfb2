using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

public sealed class TunerDeterminismTests
{
    [Theory]
    [MemberData(nameof(SmallRuns.EveryKind), MemberType = typeof(SmallRuns))]
    public void One_seed_gives_the_same_bytes_twice_and_another_seed_others(
        string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, quirks, mode, stochastic);
        (string windows, float[] weights) = Run(options);
        (string sameWindows, float[] sameWeights) = Run(options);
        (string otherWindows, float[] otherWeights) = Run(options with { Seed = 6 });
        Assert.Equal(windows, sameWindows);
        Assert.Equal(weights, sameWeights);
        Assert.NotEqual(windows, otherWindows);
        Assert.NotEqual(weights, otherWeights);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("g")]
    public void Looking_more_often_or_not_at_all_changes_nothing_that_is_learned(string algorithm)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, Quirks.None, ExplorationMode.EpsilonGreedy, false);
        float[] weights = Run(options).Weights;
        Assert.Equal(weights, Run(options with { OutputEveryNth = 1 }).Weights);
        Assert.Equal(weights, Run(options with { OutputEveryNth = 1000, EvaluationMelodies = 30 }).Weights);
        Tuner alone = SmallRuns.Tuner(options);
        alone.Finish();
        Assert.Equal(weights, alone.Snapshot().Weights.Values);
    }

    [Fact]
    public void In_the_original_evaluating_changes_learning_whether_or_not_anybody_listens()
    {
        SmallRunOptions options = SmallRuns.Options with { Quirks = Quirks.Magenta };
        float[] weights = Run(options).Weights;
        Tuner alone = SmallRuns.Tuner(options);
        alone.Finish();
        Assert.Equal(weights, alone.Snapshot().Weights.Values);
        Assert.NotEqual(weights, Run(options with { OutputEveryNth = 10 }).Weights);
    }

    [Fact]
    public void A_window_is_the_same_whatever_comes_after_it()
    {
        SmallRuns.Listener shorter = new(), longer = new();
        SmallRuns.Tuner(SmallRuns.Options with { TrainingSteps = 80 }).Finish(shorter);
        SmallRuns.Tuner(SmallRuns.Options).Finish(longer);
        Assert.Equal(shorter.Windows.Take(3).Select(TextOf), longer.Windows.Take(3).Select(TextOf));
    }

    [Fact]
    public async Task Runs_side_by_side_do_not_disturb_each_other()
    {
        float[] alone = Run(SmallRuns.Options).Weights;
        CancellationToken stop = TestContext.Current.CancellationToken;
        IEnumerable<Task<float[]>> together = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run(SmallRuns.Options).Weights, stop));
        Assert.All(await Task.WhenAll(together), weights => Assert.Equal(alone, weights));
    }

    private static (string Windows, float[] Weights) Run(SmallRunOptions options)
    {
        SmallRuns.Listener listener = new();
        Tuner tuner = SmallRuns.Tuner(options);
        tuner.Finish(listener);
        return (string.Join('\n', listener.Windows.Select(TextOf)), tuner.Snapshot().Weights.Values);
    }

    private static string TextOf(TuningWindow window) => $"{window with { Rules = [] }} {string.Join(' ', window.Rules)}";
}
