using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

public sealed class TuningWindowTests
{
    [Theory]
    [InlineData(Quirks.None, 100, 25, new long[] { 25, 50, 75, 100 }, new long[] { 25, 25, 25, 25 })]
    [InlineData(Quirks.None, 60, 25, new long[] { 25, 50, 60 }, new long[] { 25, 25, 10 })]
    [InlineData(Quirks.None, 20, 25, new long[] { 20 }, new long[] { 20 })]
    [InlineData(Quirks.Magenta, 100, 25, new long[] { 25, 50, 75, 100 }, new long[] { 26, 25, 25, 24 })]
    [InlineData(Quirks.Magenta, 60, 25, new long[] { 25, 50, 60 }, new long[] { 26, 25, 9 })]
    [InlineData(Quirks.Magenta, 51, 25, new long[] { 25, 51 }, new long[] { 26, 25 })]
    [InlineData(Quirks.Magenta, 3, 1, new long[] { 1, 3 }, new long[] { 2, 1 })]
    public void Windows_end_where_the_mode_says_and_the_last_one_is_marked(
        Quirks quirks, long steps, long every, long[] labels, long[] lengths)
    {
        SmallRunOptions options = SmallRuns.Options with { Quirks = quirks, TrainingSteps = steps, OutputEveryNth = every };
        List<TuningWindow> windows = Run(options);
        Assert.Equal(labels, windows.Select(window => window.Step));
        Assert.Equal(lengths, windows.Select(window => window.Steps));
        Assert.Equal(windows.Count - 1, windows.FindIndex(window => window.Finished));
    }

    [Theory]
    [InlineData(Quirks.None)]
    [InlineData(Quirks.Magenta)]
    public void A_run_that_is_stopped_while_it_evaluates_still_reports_all_that_it_learned(Quirks quirks)
    {
        using CancellationTokenSource stop = new();
        StopAtFirstWindow listener = new(stop);
        Tuner tuner = SmallRuns.Tuner(SmallRuns.Options with { Quirks = quirks, TrainEveryNth = 1 });
        tuner.Run(listener, stop.Token);
        Assert.Equal(2, listener.Windows.Count);
        Assert.True(listener.Windows[1].Finished);
        Assert.Equal(tuner.Step, listener.Windows[1].Step);
        Assert.Equal(tuner.Snapshot().Weights.Values, listener.Weights[1]);
    }

    [Fact]
    public void A_stopped_run_that_goes_on_ends_at_its_last_step()
    {
        Tuner tuner = SmallRuns.Tuner(SmallRuns.Options);
        tuner.Run(stop: new CancellationToken(canceled: true));
        Assert.Equal(1, tuner.Step);
        tuner.Finish();
        Assert.Equal(SmallRuns.Options.TrainingSteps, tuner.Step);
    }

    [Fact]
    public void Rules_are_summed_by_name_weighted_and_scaled()
    {
        RuleSet rules = new([new(new Paying("one", 1), 2), new(new Paying("minus", -0.25)), new(new Paying("off", 9), 0)]);
        NoteRnnModel net = SmallRuns.Net();
        SmallRuns.Listener listener = new();
        SmallRunOptions options = SmallRuns.Options with { TrainingSteps = 40, OutputEveryNth = 30 };
        options.Tuner(net, rules, new RandomNotePrimer(6)).Finish(listener);
        TuningWindow window = listener.Windows[1];
        Assert.Equal<RuleLedger>([new("one", 10, 10, 0), new("minus", -1.25, 10, 10), new("off", 0, 0, 0)], window.Rules);
        Assert.Equal(8.75, window.Train.Theory, 1e-12);
        Assert.Equal(window.Train.Theory + window.Train.NoteRnn, window.Train.Total, 1e-9);
    }

    [Fact]
    public void Targets_are_those_of_the_windows_updates()
    {
        // Without discount a target is the reward: here always 3 for theory, scaled by a half.
        SmallRunOptions options = SmallRuns.Options with { Discount = 0, CountsNoteRnn = false, OutputEveryNth = 4, TrainingSteps = 40 };
        SmallRuns.Listener listener = new();
        SmallRuns.Tuner(options, rule: new Paying("three", 3)).Finish(listener);
        Assert.Null(listener.Windows[0].Targets.Min);
        Assert.All(listener.Windows.Skip(2), window => Assert.Equal(new Diagnostic("target", 1.5, 1.5, 1.5), window.Targets));
        Assert.Equal(listener.Windows.Select(window => double.IsNaN(window.Loss)), listener.Windows.Select(window => window.Targets.Min is null));

        SmallRuns.Listener varied = new();
        SmallRuns.Tuner(options with { Discount = 0.5f }).Finish(varied);
        Assert.All(varied.Windows.Skip(3), window => Assert.True(
            window.Targets.Min < window.Targets.Value && window.Targets.Value < window.Targets.Max));
    }

    [Fact]
    public void The_evaluations_error_shrinks_as_melodies_are_added()
    {
        TuningWindow few = Run(SmallRuns.Options with { EvaluationMelodies = 50, TrainingSteps = 25 })[0];
        TuningWindow many = Run(SmallRuns.Options with { EvaluationMelodies = 5000, TrainingSteps = 25 })[0];
        Assert.Equal((50, 5000), (few.EvaluationMelodies, many.EvaluationMelodies));
        Assert.InRange(few.EvaluationError.Total / many.EvaluationError.Total, 7, 14);
        Assert.InRange(Math.Abs(few.Evaluation.Total - many.Evaluation.Total), 0, 4 * few.EvaluationError.Total);
        Assert.InRange(many.Policy.Divergence, 1e-6, 10);
        Assert.InRange(many.Policy.Entropy, 0, Math.Log(6));
        Assert.True(many.Policy.Distinct < 1);
        Assert.True(double.IsNaN(Run(SmallRuns.Options with { EvaluationMelodies = 1 })[0].EvaluationError.Total));
    }

    [Theory]
    [InlineData("q", true)]
    [InlineData("psi", true)]
    [InlineData("g", false)]
    [InlineData("pure-rl", false)]
    public void Evaluation_is_the_mean_over_melodies_of_sums_over_steps(string algorithm, bool countsLikelihood)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, Quirks.Magenta, default, false) with { TrainingSteps = 30 };
        SmallRuns.Listener listener = new();
        SmallRuns.Tuner(options, rule: new Paying("one", 1)).Finish(listener);
        Assert.All(listener.Windows, window =>
        {
            Assert.Equal(0.5 * 7, window.Evaluation.Theory, 1e-12);
            Assert.Equal(0.5, window.LastStepEvaluation!.Value.Theory, 1e-12);
            Assert.InRange(window.Evaluation.NoteRnn, -60, -1);
            Assert.InRange(window.LastStepEvaluation.Value.NoteRnn, -20, -0.01);
            Assert.Equal(window.Evaluation.Theory + (countsLikelihood ? window.Evaluation.NoteRnn : 0), window.Evaluation.Total, 1e-9);
        });
        Assert.Null(Run(options with { Quirks = Quirks.None })[0].LastStepEvaluation);
    }

    [Fact]
    public void Modes_without_likelihood_learn_from_theory_alone()
    {
        List<TuningWindow> windows = Run(SmallRuns.Options with { CountsNoteRnn = false });
        Assert.All(windows, window => Assert.Equal(window.Train.Theory, window.Train.Total, 1e-9));
        Assert.All(windows, window => Assert.InRange(window.Train.NoteRnn, -500, -1));
    }

    [Fact]
    public void The_originals_evaluation_moves_the_clock_and_ours_does_not()
    {
        SmallRunOptions options = SmallRuns.Options with { TrainingSteps = 60, OutputEveryNth = 20, ExplorationSteps = 1000 };
        double perAction = 0.9 / 1000;
        double[] undisturbed = [1 - (21 * perAction), 1 - (41 * perAction), 1 - (61 * perAction)];
        Assert.Equal(undisturbed, Run(options).Select(window => window.Exploration), Close);

        // 3 melodies of 7 notes an evaluation, counted after the figure is taken.
        List<TuningWindow> magenta = Run(options with { Quirks = Quirks.Magenta });
        double[] disturbed = [1 - (22 * perAction), 1 - ((42 + 21) * perAction), 1 - ((61 + 42) * perAction)];
        Assert.Equal(disturbed, magenta.Select(window => window.Exploration), Close);

        static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;
    }

    [Theory]
    [InlineData(Quirks.None, 1, new long[] { 4, 7, 10, 13, 16, 19 })]
    [InlineData(Quirks.Magenta, 1, new long[] { 4, 7, 10, 13, 16, 19 })]
    [InlineData(Quirks.None, 2, new long[] { 7, 10, 13, 16, 19 })]
    [InlineData(Quirks.Magenta, 2, new long[] { 7, 10, 13, 16, 19 })]
    public void The_first_update_comes_when_a_minibatch_is_stored_and_then_one_every_nth_note(
        Quirks quirks, int storeEveryNth, long[] steps)
    {
        List<TuningWindow> windows = Run(SmallRuns.Options with
        {
            Quirks = quirks,
            StoreEveryNth = storeEveryNth,
            TrainingSteps = 20,
            OutputEveryNth = 1,
        });

        // A window ends before its last note is learned from, so the loss shows in the next one; the original's labels are one less.
        int ahead = quirks == Quirks.Magenta ? 0 : 1;
        Assert.Equal(steps[..^1], windows.SkipLast(1).Where(window => !double.IsNaN(window.Loss)).Select(window => window.Step - ahead));
    }

    [Fact]
    public void Progress_is_told_every_thousand_notes()
    {
        Progress progress = new();
        SmallRuns.Tuner(SmallRuns.Options with { TrainingSteps = 3500, OutputEveryNth = 10_000, ExplorationSteps = 4000 }).Finish(progress);
        Assert.Equal([1000, 2000, 3000], progress.Steps);
    }

    [Fact]
    public void A_run_whose_loss_is_no_number_says_so_and_where()
    {
        Tuner tuner = SmallRuns.Tuner(SmallRuns.Options, rule: new Paying("mad", double.PositiveInfinity));
        LearningDivergedException error = Assert.Throws<LearningDivergedException>(() => tuner.Finish());
        Assert.Equal(tuner.Step, error.Step);
        Assert.Contains("a smaller learning rate", error.Message, StringComparison.Ordinal);
    }

    private static List<TuningWindow> Run(SmallRunOptions options)
    {
        SmallRuns.Listener listener = new();
        SmallRuns.Tuner(options).Finish(listener);
        return listener.Windows;
    }

    private sealed class Paying(string name, double pay) : IRule
    {
        public string Name => name;

        public double Score(RLTuner.Music.Analysis.MelodySoFar before, MelodyEvent next) => pay;
    }

    private sealed class Progress : ITuningListener
    {
        public List<long> Steps { get; } = [];

        public void Progressed(long step) => Steps.Add(step);
    }

    private sealed class StopAtFirstWindow(CancellationTokenSource stop) : ITuningListener
    {
        public List<TuningWindow> Windows { get; } = [];

        public List<float[]> Weights { get; } = [];

        public void WindowEnded(TuningWindow window, NoteRnnModel net)
        {
            Windows.Add(window);
            Weights.Add([.. net.Weights.Values]);
            stop.Cancel();
        }
    }
}
