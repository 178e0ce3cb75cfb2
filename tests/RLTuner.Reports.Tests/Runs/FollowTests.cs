using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Tests;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Reports.Tests.Runs;

/// <summary>A run that is followed tells all windows and how it ended, to a reader of any speed.</summary>
public sealed class FollowTests : IDisposable
{
    private const int Notes = 12_000, Window = 500;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_slow_reader_gets_every_window_and_misses_progress()
    {
        using RunSession session = Start();
        List<RunEvent> events = [];
        await foreach (RunEvent happened in session.Follow(TestContext.Current.CancellationToken))
        {
            events.Add(happened);

            // Everything else happens while this reader is at its first event.
            while (!File.Exists(session.Folder.ProbabilitiesPath))
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(
            Enumerable.Range(1, Notes / Window).Select(window => (long)window * Window), events.OfType<RunEvent.WindowEnded>().Select(ended => ended.Window.Step));
        Assert.InRange(events.Count(happened => happened is RunEvent.Progressed), 1, 2);
        RunEvent.Finished finished = Assert.IsType<RunEvent.Finished>(events[^1]);
        Assert.Equal((Notes, false), (finished.Result.Step, finished.Result.IsStopped));
    }

    [Fact]
    public async Task A_run_asked_to_stop_still_tells_its_last_window_and_its_end()
    {
        using RunSession session = Start();
        using CancellationTokenSource stop = new();
        List<RunEvent> events = [];
        await foreach (RunEvent happened in session.Follow(stop.Token))
        {
            events.Add(happened);
            await stop.CancelAsync();
        }

        Assert.True(Assert.IsType<RunEvent.Finished>(events[^1]).Result.IsStopped);
        Assert.True(Assert.IsType<RunEvent.WindowEnded>(events[^2]).Window.Finished);
    }

    [Fact]
    public async Task What_goes_wrong_reaches_the_reader()
    {
        using RunSession session = Start();
        Directory.Delete(session.Folder.Checkpoints, recursive: true);
        IOException error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (RunEvent happened in session.Follow(TestContext.Current.CancellationToken))
            {
                Assert.IsNotType<RunEvent.Finished>(happened);
            }
        });
        Assert.Contains($"{session.Folder.Checkpoints}: expected a folder to write to", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private RunSession Start()
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(38, [8]), 1), MelodyEncoding.Default);
        Theory theory = new(RuleSetName.Theory, Key.CMajor, TimeSignature.CommonTime, RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor));
        Dictionary<string, object> given = new() { ["training-steps"] = (long)Notes, ["output-every-nth"] = (long)Window, ["evaluation-melodies"] = 2 };
        return RunSession.Start(
            RunPlans.Create(new RunRequest(net, "made", theory) { Preset = RunPreset.Paper, Given = given }), net, _folder.PathTo("run"), new RunEnvironment { MelodiesMeasured = 10 });
    }
}
