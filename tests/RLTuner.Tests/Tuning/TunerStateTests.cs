using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Runs;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>A run that goes on from its saved state ends as one that was never stopped.</summary>
public sealed class TunerStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [MemberData(nameof(SmallRuns.EveryKind), MemberType = typeof(SmallRuns))]
    public void From_the_state_before_any_window_a_run_ends_with_the_same_bytes(
        string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, quirks, mode, stochastic);
        Keeper whole = new(_folder);
        Make(options).Finish(whole);
        Assert.Equal(7, whole.States.Count);
        for (int window = 0; window < whole.States.Count; window++)
        {
            Tuner resumed = Make(options);
            resumed.RestoreState(whole.States[window]);
            Keeper rest = new(_folder);
            resumed.Finish(rest);
            Assert.Equal(whole.Lines[window..], rest.Lines);
            Assert.Equal(whole.Weights[window..], rest.Weights);
            Assert.Equal(File.ReadAllBytes(whole.States[^1]), File.ReadAllBytes(rest.States[^1]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(77)]
    [InlineData(159)]
    public void A_run_that_was_stopped_anywhere_goes_on_as_if_it_had_not_been(int steps)
    {
        SmallRunOptions options = SmallRuns.Options with { StoreEveryNth = 1 };
        Keeper whole = new(_folder), stopped = new(_folder), rest = new(_folder);
        Make(options).Finish(whole);

        using CancellationTokenSource stop = new();
        Make(options, step => Stop(step == steps)).Run(stopped, stop.Token);

        void Stop(bool now)
        {
            if (now)
            {
                stop.Cancel();
            }
        }

        Tuner resumed = Make(options);
        resumed.RestoreState(stopped.States[^1]);
        resumed.Finish(rest);
        Assert.Equal(whole.Lines[^rest.Lines.Count..], rest.Lines);
        Assert.Equal(whole.Weights[^1], rest.Weights[^1]);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("g")]
    public void A_run_of_nets_that_hear_the_bars_before_ends_with_the_same_bytes(string algorithm)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, Quirks.None, ExplorationMode.EpsilonGreedy, stochastic: false) with { PositionInput = true, MelodyLength = 40 };
        NoteRnnShape shape = new(6, [8], NoteRnnInputs.Parse("event bars-ago:1 bars-ago:2 bar", 6));
        NoteRnnModel net = SmallRuns.Net() with { Weights = RandomNets.Weights(shape, 3), KnowsBeginnings = true };
        Keeper whole = new(_folder);
        SmallRuns.Tuner(options, net, new NoPrimer(), new AnyHistory(null)).Finish(whole);
        for (int window = 0; window < whole.States.Count; window++)
        {
            Tuner resumed = SmallRuns.Tuner(options, net, new NoPrimer(), new AnyHistory(null));
            resumed.RestoreState(whole.States[window]);
            Keeper rest = new(_folder);
            resumed.Finish(rest);
            Assert.Equal(whole.Lines[window..], rest.Lines);
            Assert.Equal(File.ReadAllBytes(whole.States[^1]), File.ReadAllBytes(rest.States[^1]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_run_whose_first_notes_are_given_goes_on_as_if_it_had_not_been_stopped(int window)
    {
        // Melodies of 7: with windows of 7 the next first note is drawn, but not yet played.
        SmallRunOptions options = SmallRuns.Options with { TrainingSteps = 50, OutputEveryNth = window };
        Keeper whole = new(_folder), rest = new(_folder);
        FirstNotePrimer first = new(SmallRuns.Net().Encoding, Key.CMajor);
        SmallRuns.Tuner(options, primer: first, rule: new AnyHistory(null)).Finish(whole);
        Tuner resumed = SmallRuns.Tuner(options, primer: first, rule: new AnyHistory(null));
        resumed.RestoreState(whole.States[1]);
        resumed.Finish(rest);
        Assert.Equal(whole.Lines[1..], rest.Lines);
        Assert.Equal(File.ReadAllBytes(whole.States[^1]), File.ReadAllBytes(rest.States[^1]));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(99)]
    public void More_steps_than_were_asked_for_go_on_as_if_they_had_been_asked_for_at_once(int first)
    {
        Keeper whole = new(_folder), part = new(_folder), rest = new(_folder);
        Make(SmallRuns.Options).Finish(whole);
        Make(SmallRuns.Options with { TrainingSteps = first }).Finish(part);
        Tuner resumed = Make(SmallRuns.Options);
        resumed.RestoreState(part.States[^1]);
        resumed.Finish(rest);
        Assert.Equal(whole.Lines[^rest.Lines.Count..], rest.Lines);
        Assert.Equal(whole.Weights[^1], rest.Weights[^1]);
    }

    [Fact]
    public void The_number_of_threads_may_change_between()
    {
        Keeper whole = new(_folder), rest = new(_folder);
        Make(SmallRuns.Options with { Threads = 2 }).Finish(whole);
        Tuner resumed = Make(SmallRuns.Options with { Threads = 1 });
        resumed.RestoreState(whole.States[3]);
        resumed.Finish(rest);
        Assert.Equal(whole.Weights[^1], rest.Weights[^1]);
    }

    [Fact]
    public void Another_runs_state_is_refused_with_what_differs()
    {
        Keeper whole = new(_folder);
        Make(SmallRuns.Options).Finish(whole);
        Tuner other = Make(SmallRuns.Options with { Discount = 0.25f });
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => other.RestoreState(whole.States[0]));
        Assert.Contains("Discount = 0.25", error.Message, StringComparison.Ordinal);
        Assert.Contains("Discount = 0.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_any_byte_changed_or_missing_is_refused()
    {
        Keeper whole = new(_folder);
        Make(SmallRuns.Options with { TrainingSteps = 30 }).Finish(whole);
        byte[] bytes = File.ReadAllBytes(whole.States[^1]);
        string path = _folder.PathTo("damaged");
        for (int at = 0; at < bytes.Length; at += at < 300 ? 1 : 97)
        {
            bytes[at] ^= 0x10;
            File.WriteAllBytes(path, bytes);
            bytes[at] ^= 0x10;
            Refused();
            File.WriteAllBytes(path, bytes[..at]);
            Refused();
        }

        File.WriteAllBytes(path, [.. bytes, 0]);
        Refused();

        void Refused()
        {
            Tuner tuner = Make(SmallRuns.Options with { TrainingSteps = 30 });
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => tuner.RestoreState(path)).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Tuner Make(SmallRunOptions options, Action<int>? scoring = null) => SmallRuns.Tuner(options, rule: new AnyHistory(scoring));

    /// <summary>Keeps what happened, and the state before each window.</summary>
    private sealed class Keeper(TemporaryFolder folder) : ITuningListener
    {
        public List<string> States { get; } = [];

        public List<string> Lines { get; } = [];

        public List<float[]> Weights { get; } = [];

        public void WindowEnding(Tuner tuner, bool last)
        {
            States.Add(folder.PathTo(Path.GetRandomFileName()));
            tuner.SaveState(States[^1]);
        }

        public void WindowEnded(TuningWindow window, NoteRnnModel net)
        {
            Lines.Add(RunProgress.ToJson(window).ToJsonString());
            Weights.Add([.. net.Weights.Values]);
        }
    }
}
