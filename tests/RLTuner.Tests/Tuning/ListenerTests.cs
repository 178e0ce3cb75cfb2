using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>What listeners hear, and how they end a run or keep its best net.</summary>
public sealed class ListenerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(Quirks.None)]
    [InlineData(Quirks.Magenta)]
    public void A_listener_that_has_enough_ends_the_run_as_its_window_left_it(Quirks quirks)
    {
        Enough enough = new(windows: 3);
        Tuner tuner = SmallRuns.Tuner(SmallRuns.Options with { Quirks = quirks, TrainEveryNth = 1 });
        SmallRuns.Listener before = new(), after = new();
        tuner.Finish(new TuningListeners(before, enough, after));
        Assert.Equal([25, 50, 75], before.Windows.Select(window => window.Step));
        Assert.Equal(before.Windows, after.Windows);
        Assert.Equal(quirks == Quirks.Magenta ? 76 : 75, tuner.Step);
        Assert.Equal(tuner.Snapshot().Weights.Values, before.Weights[^1]);

        SmallRuns.Listener whole = new();
        SmallRuns.Tuner(SmallRuns.Options with { Quirks = quirks, TrainEveryNth = 1 }).Finish(whole);
        Assert.Equal(whole.Weights.Take(3), before.Weights);
    }

    [Fact]
    public void All_of_several_listeners_hear_of_progress()
    {
        Enough first = new(99), second = new(99);
        SmallRuns.Tuner(SmallRuns.Options with { TrainingSteps = 2000, OutputEveryNth = 5000, ExplorationSteps = 500 }).Finish(new TuningListeners(first, second));
        Assert.Equal([1000, 2000], first.Progress);
        Assert.Equal(first.Progress, second.Progress);
    }

    [Theory]
    [InlineData(1, new[] { 1.0, 2, 2 }, 0, 2)]
    [InlineData(2, new[] { 1.0, 1.0, 1.0 }, 0, 2)]
    [InlineData(2, new[] { 1.0, 2, 3, 3, 3 }, 0, 4)]
    [InlineData(3, new[] { 1.0, 1, 2, 2, 2, 3, 3, 3, 3 }, 0, 8)]
    [InlineData(2, new[] { 1.0, 2.7, 2.7 }, 1, 2)]
    [InlineData(2, new[] { 1.0, 3.8, 3.8, 3.8 }, 1, 3)]
    [InlineData(3, new[] { 1.0, 2, 3, 4, 5, 6, 7, 7, 7, 7 }, 1, 7)]
    [InlineData(2, new[] { 9.0, 1, 5, 8 }, 0, 2)]
    [InlineData(3, new[] { 9.0, 1, 9, 10, 11, 10, 11, 10 }, 0, 7)]
    [InlineData(2, new[] { 1.0, 1, 2, 1, 2 }, double.NaN, 3)]
    public void It_stops_when_the_last_windows_do_not_rise_beyond_noise(int windows, double[] totals, double error, int endsAt)
    {
        // With errors of 1 the slope of four points has an error of 1/√5: 0.88 a window is what chance may do. Of three points the ends count alone.
        StopWhenFlat flat = new(windows);
        Assert.Equal(endsAt, totals.ToList().FindIndex(total =>
        {
            flat.WindowEnded(Window(total, error), SmallRuns.Net());
            return flat.WantsToStop;
        }));
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(.5, .9, null)]
    [InlineData(.49, 1, "entropy of the policy fell to 0.49 nats a step, expected 0.5 or more")]
    [InlineData(1, .89, "distinct melodies fell to 89 %, expected 90 or more")]
    [InlineData(double.NaN, double.NaN, null)]
    public void A_collapse_is_told_once(double entropy, double distinct, string? expected)
    {
        List<string> told = [];
        CollapseWatch watch = new(new PolicyGuards(double.NaN, 1, 1), entropyFloor: .5, distinctFloor: .9, told.Add);
        watch.WindowEnded(Window(1, 0) with { Policy = new(0, .5, .9), Step = 10 }, SmallRuns.Net());
        watch.WindowEnded(Window(1, 0) with { Policy = new(0, entropy, distinct), Step = 20 }, SmallRuns.Net());
        watch.WindowEnded(Window(1, 0) with { Policy = new(0, entropy / 2, distinct), Step = 30 }, SmallRuns.Net());
        if (expected is not null)
        {
            Assert.Equal([$"collapse at step 20: {expected}"], told);
            Assert.Equal(20, watch.Found!.Step);
        }

        CollapseWatch later = new(new PolicyGuards(double.NaN, 1, 1), .5, .9, told.Add);
        told.Clear();
        later.Remember(Window(1, 0) with { Policy = new(0, .1, 1) });
        later.WindowEnded(Window(1, 0) with { Policy = new(0, .1, 1) }, SmallRuns.Net());
        Assert.Empty(told);
        Assert.NotNull(later.Found);
    }

    [Fact]
    public void What_is_to_rise_may_be_any_figure()
    {
        StopWhenFlat flat = new(1, window => new Estimate(-window.Policy.Divergence, 0));
        flat.WindowEnded(Window(1, 0) with { Policy = new(3, 1, 1) }, SmallRuns.Net());
        flat.WindowEnded(Window(1, 0) with { Policy = new(2, 1, 1) }, SmallRuns.Net());
        Assert.False(flat.WantsToStop);
        flat.WindowEnded(Window(5, 0) with { Policy = new(2, 1, 1) }, SmallRuns.Net());
        Assert.True(flat.WantsToStop);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StopWhenFlat(0));
    }

    [Fact]
    public void The_best_net_is_kept_with_its_window()
    {
        string path = _folder.PathTo("best.safetensors");
        KeepBest best = new(path), entropy = new(_folder.PathTo("entropy.safetensors"), window => window.Policy.Entropy);
        SmallRuns.Listener all = new();
        SmallRuns.Tuner(SmallRuns.Options).Finish(new TuningListeners(best, all, entropy));
        int expected = Enumerable.Range(0, all.Windows.Count).MaxBy(i => all.Windows[i].Evaluation.Total);
        Assert.Equal((all.Windows[expected].Step, all.Windows[expected].Evaluation.Total), best.Best);
        Assert.Equal(all.Weights[expected], NoteRnnFile.Load(path).Weights.Values);
        Assert.Equal(all.Windows.Max(window => window.Policy.Entropy), entropy.Best!.Value.Figure);
    }

    [Fact]
    public void Of_equals_the_first_is_kept_and_no_number_is_worse_than_any()
    {
        KeepBest best = new(_folder.PathTo("best.safetensors"));
        long step = 0;
        foreach ((double total, long kept) in new[] { (double.NaN, 1L), (-5, 2), (double.NaN, 2), (-5, 2), (-4, 5) })
        {
            step++;
            best.WindowEnded(Window(total, 0) with { Step = step }, SmallRuns.Net());
            Assert.Equal(kept, best.Best!.Value.Step);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static TuningWindow Window(double total, double error) => new()
    {
        Step = 1,
        Steps = 1,
        Train = default,
        Rules = [],
        Evaluation = new(total, 0, 0),
        EvaluationError = new(error, 0, 0),
        EvaluationMelodies = 10,
        Policy = default,
        Learner = [],
        Finished = false,
    };

    private sealed class Enough(int windows) : ITuningListener
    {
        private int _heard;

        public bool WantsToStop => _heard >= windows;

        public List<long> Progress { get; } = [];

        public void Progressed(long step) => Progress.Add(step);

        public void WindowEnded(TuningWindow window, NoteRnnModel net) => _heard++;
    }
}
