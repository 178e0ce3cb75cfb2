using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>Oracle: <see cref="PlainTuner"/>, down to the last bit of every weight.</summary>
public sealed class TunerAgainstPlainLoopTests
{
    private static readonly int[][] Primers = [[2, 0, 5], [3, 1], [4, 4, 0, 1]];

    [Theory]
    [MemberData(nameof(SmallRuns.EveryKind), MemberType = typeof(SmallRuns))]
    public void Plays_learns_and_reports_as_the_plain_loop_when_primed_by_a_note(
        string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        NoteRnnModel net = SmallRuns.Net();
        int notes = quirks == Quirks.Magenta ? 5 : 6;
        AssertAlike(SmallRuns.Of(algorithm, quirks, mode, stochastic), net, null, notes, new RandomNotePrimer(notes));
    }

    [Theory]
    [MemberData(nameof(SmallRuns.EveryKind), MemberType = typeof(SmallRuns))]
    public void Plays_learns_and_reports_as_the_plain_loop_when_primed_by_melodies(
        string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        NoteRnnModel net = SmallRuns.Net(6, 5, 9);
        AssertAlike(SmallRuns.Of(algorithm, quirks, mode, stochastic), net, Primers, 0, MelodiesOf(Primers, net.Encoding));
    }

    [Theory]
    [InlineData("q", ExplorationMode.EpsilonGreedy)]
    [InlineData("psi", ExplorationMode.Boltzmann)]
    [InlineData("g", ExplorationMode.Boltzmann)]
    public void Plays_learns_and_reports_as_the_plain_loop_when_the_first_note_is_given(string algorithm, ExplorationMode mode)
    {
        NoteRnnModel net = SmallRuns.Net();
        AssertAlike(SmallRuns.Of(algorithm, Quirks.None, mode, stochastic: false), net, null, 0, new FirstNotePrimer(net.Encoding, Key.CMajor), [2, 4]);
    }

    [Theory]
    [InlineData(Quirks.None, 1, 1, 4, 25)]
    [InlineData(Quirks.None, 5, 1, 4, 40)]
    [InlineData(Quirks.None, 4, 3, 50, 7)]
    [InlineData(Quirks.Magenta, 1, 1, 4, 25)]
    [InlineData(Quirks.Magenta, 5, 1, 4, 40)]
    [InlineData(Quirks.Magenta, 4, 3, 50, 7)]
    [InlineData(Quirks.Magenta, 2, 1, 9, 159)]
    [InlineData(Quirks.Magenta, 2, 1, 9, 53)]
    public void Keeps_its_rhythms_at_other_intervals(Quirks quirks, int train, int store, int experience, int output)
    {
        NoteRnnModel net = SmallRuns.Net();
        SmallRunOptions options = SmallRuns.Options with
        {
            Quirks = quirks,
            TrainEveryNth = train,
            StoreEveryNth = store,
            MaxExperience = experience,
            OutputEveryNth = output,
        };
        AssertAlike(options, net, null, 6, new RandomNotePrimer(6));
    }

    [Theory]
    [InlineData(Quirks.None)]
    [InlineData(Quirks.Magenta)]
    public void A_single_primer_is_heard_before_each_melody(Quirks quirks)
    {
        NoteRnnModel net = SmallRuns.Net();
        AssertAlike(SmallRuns.Options with { Quirks = quirks }, net, Primers[..1], 0, MelodiesOf(Primers[..1], net.Encoding));
    }

    private static MelodyPrimer MelodiesOf(int[][] melodies, MelodyEncoding encoding) =>
        new(melodies.Select(classes => Melody.FromClasses(classes, encoding)), encoding);

    private static void AssertAlike(SmallRunOptions options, NoteRnnModel net, int[][]? primers, int primerNotes, IPrimer primer, int[]? firstNotes = null)
    {
        float[] untouched = [.. net.Weights.Values];
        PlainTuner plain = new(options, net, primers, primerNotes, SmallRuns.Score, firstNotes);
        plain.Run();
        RecordingRule rule = new(SmallRuns.Score);
        Tuner tuner = SmallRuns.Tuner(options, net, primer, rule);
        SmallRuns.Listener listener = new();
        tuner.Finish(listener);

        Assert.Equal(plain.Asked, rule.Asked);
        Assert.Equal(plain.Tuned.Values, tuner.Snapshot().Weights.Values);
        Assert.Equal(options.Algorithm.AddsPrior ? plain.NoteRnn.Values : null, tuner.Snapshot().Prior?.Values);
        Assert.Equal(untouched, net.Weights.Values);
        Assert.Equal(
            plain.Windows,
            listener.Windows.Select(window => (
                window.Step, window.Steps, window.Train.Total, window.Train.Theory, window.Train.NoteRnn,
                window.Exploration, window.Loss, window.Finished)));
    }
}
