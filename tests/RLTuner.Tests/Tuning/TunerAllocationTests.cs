using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

public sealed class TunerAllocationTests
{
    [Theory]
    [InlineData("q", Quirks.None)]
    [InlineData("psi", Quirks.None)]
    [InlineData("g", Quirks.None)]
    [InlineData("q", Quirks.Magenta)]
    [InlineData("g", Quirks.Magenta)]
    public void Once_the_replay_is_full_a_step_allocates_nothing(string algorithm, Quirks quirks)
    {
        NoteRnnModel net = SmallRuns.Net(38, 8);
        RuleSet rules = quirks == Quirks.Magenta
            ? RulePresets.Of(RuleSetName.Magenta, RewardMode.MusicTheoryAll, Key.CMajor)
            : RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor);
        SmallRunOptions options = new()
        {
            Algorithm = Algorithm.All.Single(candidate => candidate.Name == algorithm),
            Quirks = quirks,
            TrainingSteps = 3000,
            ExplorationSteps = 2500,
            MaxExperience = 1000,
        };
        Meter meter = new();
        options.Tuner(net, rules, new RandomNotePrimer(38)).Finish(meter);

        // 31 melodies and 200 updates: the smallest object in each of them would be 744 bytes. The runtime may allocate once for itself.
        Assert.InRange(meter.AllocatedAt[2] - meter.AllocatedAt[1], 0, 300);
    }

    /// <summary>Reads how much this thread has allocated, every thousand notes.</summary>
    private sealed class Meter : ITuningListener
    {
        public List<long> AllocatedAt { get; } = new(10);

        public void Progressed(long step) => AllocatedAt.Add(GC.GetAllocatedBytesForCurrentThread());
    }
}
