using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

public sealed class TunerThreadsTests
{
    private static readonly int[][] Layers = [[8], [1], [40], [100], [17, 33], [3, 64, 20]];

    [Theory]
    [MemberData(nameof(SmallRuns.EveryKind), MemberType = typeof(SmallRuns))]
    public void One_thread_and_two_give_the_same_bytes(string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            SmallRunOptions options = SmallRuns.Of(algorithm, quirks, mode, stochastic) with
            {
                Seed = (ulong)i,
                MinibatchSize = 4 + (5 * i),
                MaxExperience = 50,
                PositionInput = quirks == Quirks.None && i % 2 == 1,
            };
            NoteRnnModel net = SmallRuns.Net(6 + (7 * i), Layers[i]);
            (string windows, float[] tuned, float[]? prior) = Run(net, options with { Threads = 1 });
            (string sameWindows, float[] sameTuned, float[]? samePrior) = Run(net, options with { Threads = 2 });
            Assert.Equal(windows, sameWindows);
            Assert.Equal(tuned, sameTuned);
            Assert.Equal(prior, samePrior);
        }
    }

    [Theory]
    [InlineData("q", Quirks.None)]
    [InlineData("g", Quirks.Magenta)]
    public void A_learner_goes_on_where_another_stood(string algorithm, Quirks quirks)
    {
        NoteRnnShape shape = new(38, [20, 7]);
        SmallRunOptions options = new() { Algorithm = Algorithm.All.Single(candidate => candidate.Name == algorithm), Quirks = quirks };
        Minibatch batch = new(shape, options.MinibatchSize);
        batch.Rewards.AsSpan().Fill(1);
        QNetworks first = Create(1), second = Create(2);
        Learn(first);
        string path = Path.GetTempFileName();
        StateFile.Write(path, first.Save);
        StateFile.Read(path, second.Restore);
        File.Delete(path);
        Assert.Equal(first.Tuned().Values, second.Tuned().Values);
        Assert.Equal(first.Gradient().Values, second.Gradient().Values);
        Learn(first);
        Learn(second);
        Assert.Equal(first.Tuned().Values, second.Tuned().Values);
        Assert.Equal(first.Target().Values, second.Target().Values);
        Assert.Equal(first.NoteRnn().Values, second.NoteRnn().Values);

        QNetworks Create(ulong seed) => new(
            RandomNets.Weights(shape, seed), RandomNets.Weights(shape, 20), options.Learner, quirks, batch, new Partner(threads: 1), RandomNets.Weights(shape, seed + 10));

        void Learn(QNetworks learner)
        {
            for (int i = 0; i < 5; i++)
            {
                batch.Inputs[i] = new(batch.Actions[i] = i);
                learner.Update();
            }
        }
    }

    private static (string Windows, float[] Tuned, float[]? Prior) Run(NoteRnnModel net, SmallRunOptions options)
    {
        SmallRuns.Listener listener = new();
        Tuner tuner = SmallRuns.Tuner(options, net);
        tuner.Finish(listener);
        return (string.Join('\n', listener.Windows.Select(window => RunProgress.ToJson(window).ToJsonString())), tuner.Snapshot().Weights.Values, tuner.Snapshot().Prior?.Values);
    }
}
