using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

public sealed class TunerShapesTests
{
    [Theory]
    [MemberData(nameof(SmallRuns.EveryKind), MemberType = typeof(SmallRuns))]
    public void Unusual_sizes_run(string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, quirks, mode, stochastic) with { TrainingSteps = 60 };
        Run(SmallRuns.Net(), options with { MelodyLength = 2 });
        Run(SmallRuns.Net(3), options);
        Run(SmallRuns.Net(29, 4, 4), options);
        Run(SmallRuns.Net(6, 1), options with { MinibatchSize = 1, MaxExperience = 1 });
        Run(SmallRuns.Net(), options with { MinibatchSize = 9, MaxExperience = 9, StoreEveryNth = 1 });
        Run(SmallRuns.Net(3, 2, 3, 1), options with { MelodyLength = 2, MinibatchSize = 1, OutputEveryNth = 1, EvaluationMelodies = 1 });
    }

    [Theory]
    [InlineData(Quirks.None)]
    [InlineData(Quirks.Magenta)]
    public void The_rules_of_every_mode_run_over_other_ranges_and_lengths(Quirks quirks)
    {
        foreach (RewardMode mode in Enum.GetValues<RewardMode>())
        {
            RuleSet rules = quirks == Quirks.Magenta ? RulePresets.Of(RuleSetName.Magenta, mode, Key.CMajor) : RulePresets.Of(RuleSetName.Theory, mode, Key.CMajor);
            (NoteRnnModel, int)[] kinds = [(SmallRuns.Net(3), 2), (SmallRuns.Net(29, 4, 4), 12), (SmallRuns.Net(38), 32)];
            foreach ((NoteRnnModel net, int length) in kinds)
            {
                SmallRunOptions options = SmallRuns.Options with
                {
                    Quirks = quirks,
                    TrainingSteps = 100,
                    MelodyLength = length,
                };
                Tuner tuner = options.Tuner(net, rules, new RandomNotePrimer(net.Encoding.ClassCount));
                tuner.Finish();
                Assert.All(tuner.Snapshot().Weights.Values, value => Assert.True(float.IsFinite(value)));
            }
        }
    }

    private static void Run(NoteRnnModel net, SmallRunOptions options)
    {
        SmallRuns.Listener listener = new();
        Tuner tuner = SmallRuns.Tuner(options, net);
        tuner.Finish(listener);
        Assert.Equal(60, tuner.Step);
        Assert.Equal(60, listener.Windows.Sum(window => window.Steps));
        Assert.NotEqual(net.Weights.Values, tuner.Snapshot().Weights.Values);
        Assert.All(tuner.Snapshot().Weights.Values, value => Assert.True(float.IsFinite(value)));
        Assert.All(listener.Windows, window => Assert.True(double.IsFinite(window.Train.Total + window.Evaluation.Total)));
    }
}
