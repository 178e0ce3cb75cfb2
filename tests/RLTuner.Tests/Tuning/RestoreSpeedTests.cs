using System.Diagnostics;
using RLTuner.Composing;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>A run with all it can remember is there again at once.</summary>
public sealed class RestoreSpeedTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("q")]
    [InlineData("g")]
    public void A_full_replay_of_the_papers_net_is_restored_in_less_than_a_second(string algorithm)
    {
        // Learning once is enough here; playing fills the replay.
        NoteRnnModel net = ShippedNoteRnn.Load();
        SmallRunOptions options = new()
        {
            Algorithm = Algorithm.All.Single(known => known.Name == algorithm),
            TrainingSteps = 100_000,
            StoreEveryNth = 1,
            TrainEveryNth = 100_000,
            MaxExperience = 100_000,
            OutputEveryNth = 100_000,
            EvaluationMelodies = 2,
        };
        string state = _folder.PathTo("state");
        Make().Run(new Keeper(state), TestContext.Current.CancellationToken);

        double best = double.PositiveInfinity;
        for (int trial = 0; trial < 3; trial++)
        {
            Tuner tuner = Make();
            Stopwatch clock = Stopwatch.StartNew();
            tuner.RestoreState(state);
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
            Assert.Equal(100_000, tuner.Step);
        }

        output.WriteLine($"{algorithm}: {new FileInfo(state).Length / 1e6:F0} MB restored in {best:F2} s");
        Assert.InRange(best, 0, 1);

        Tuner Make() => options.Tuner(net, RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor), new RandomNotePrimer(38));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Keeper(string path) : ITuningListener
    {
        public void WindowEnding(Tuner tuner, bool last) => tuner.SaveState(path);
    }
}
