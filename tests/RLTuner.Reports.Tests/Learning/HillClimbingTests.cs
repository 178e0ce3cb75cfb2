using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Reports.Figures;
using RLTuner.Reports.Pages;
using RLTuner.Reports.Tracking;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Tests;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Reports.Tests.Learning;

/// <summary>A learner that the library does not know is started, killed, resumed, reported and compared as its own are.</summary>
public sealed class HillClimbingTests : IDisposable
{
    private static readonly ImmutableArray<LearnerKind> Known = [.. Learners.All, HillClimbingOptions.HillClimbing];

    private static readonly RunEnvironment Environment = new() { Learners = Known, MelodiesMeasured = 20 };

    private static readonly NoteRnnModel Net = new(RandomNets.Weights(new NoteRnnShape(38, [8]), 1), MelodyEncoding.Default);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_run_that_was_stopped_or_killed_goes_on_to_the_same_bytes()
    {
        // The page bears the name of the run's folder.
        string whole = _folder.PathTo("whole/run"), stopped = _folder.PathTo("stopped/run"), killed = _folder.PathTo("killed/run");
        Finish(Start(whole), new Moment(5, () => Copy(whole, killed)));

        using CancellationTokenSource stop = new();
        RunResult result = Finish(Start(stopped), new Moment(3, stop.Cancel), stop);
        Assert.True(result.IsStopped && result.Step < 10_000);
        Assert.False(Finish(RunSession.Resume(stopped, null, Environment)).IsStopped);
        AssertSame(whole, stopped);

        Assert.False(File.Exists(Path.Combine(killed, "metrics.json")));
        Finish(RunSession.Resume(killed, null, Environment));
        AssertSame(whole, killed);
    }

    [Fact]
    public void It_climbs_and_its_page_tells_how()
    {
        string run = _folder.PathTo("run");
        RunResult result = Finish(Start(run));
        Assert.True(result.Metrics.After["theory_reward"]!.Value > result.Metrics.Before["theory_reward"]!.Value);
        RunRecord record = RunReport.Write(run, learners: Known);
        Assert.Empty(record.Remarks);
        Assert.Equal(["changes_kept", "best_trial"], record.Progress[0].Learner.Select(figure => figure.Name));
        Assert.Equal(["learner-changeskept", "learner-besttrial"], RunFigures.Of(record).Curves.Skip(3).Select(curve => curve.Name));
        string page = File.ReadAllText(Path.Combine(run, "report.html"));
        Assert.Contains("--algorithm hill-climbing", page, StringComparison.Ordinal);
        Assert.Contains("--noise 0.5", page, StringComparison.Ordinal);
        Assert.Contains(
            "expected one of the algorithms q, psi, g, pure-rl, pg, found hill-climbing",
            Assert.Throws<NoteRnnFormatException>(() => RunRecord.Read(run)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Its_seeds_are_compared_with_each_other_and_with_another_learner()
    {
        string[] runs = [.. new[] { "a", "b", "q" }.Select(_folder.PathTo)];
        Finish(Start(runs[0]));
        Finish(Start(runs[1], seed: 2));
        Finish(Start(runs[2], "q"));
        string page = _folder.PathTo("comparison.html");
        Comparison comparison = Comparison.Of(RunReport.Compare(runs, page, Known));
        Assert.Equal([2, 1], comparison.Groups.Select(group => group.Runs.Length));
        Assert.Contains("algorithm hill-climbing", comparison.Groups[0].Name, StringComparison.Ordinal);
        Assert.Contains("3 runs in 2 groups", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_numbers_are_checked_as_others_are()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Start(_folder.PathTo("run"), noise: 11));
        Assert.Equal("noise: expected a number above 0 to 10, found 11", error.Message);
        Assert.False(Directory.Exists(_folder.PathTo("run")));
    }

    public void Dispose() => _folder.Dispose();

    private static RunSession Start(string path, string algorithm = "hill-climbing", ulong seed = 1, double noise = 0.5)
    {
        Dictionary<string, object> given = new() { ["training-steps"] = 10_000L, ["seed"] = seed, ["evaluation-melodies"] = 10 };
        if (algorithm != "q")
        {
            given["noise"] = noise;
        }

        Theory theory = new(RuleSetName.Theory, Key.CMajor, TimeSignature.CommonTime, RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor));
        RunRequest request = new(Net, "made", theory) { Preset = RunPreset.Paper, Algorithm = algorithm, Learners = Known, Given = given };
        return RunSession.Start(RunPlans.Create(request), Net, path, Environment);
    }

    private static RunResult Finish(RunSession session, ITuningListener? listener = null, CancellationTokenSource? stop = null)
    {
        using (session)
        {
            ITuningListener tracking = RunTracking.Of(session, warning => Assert.Fail(warning));
            RunResult result = session.Run(listener is null ? tracking : new TuningListeners(tracking, listener), stop?.Token ?? CancellationToken.None);
            RunTracking.Finish(session.Folder, draws: true);
            return result;
        }
    }

    private static string[] FilesIn(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    /// <summary>What a process killed now would leave; its lock dies with it.</summary>
    private static void Copy(string from, string to)
    {
        foreach (string file in FilesIn(from).Where(file => file != "run.lock"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }
    }

    /// <summary>All but the times in TensorBoard's events, and states: when the one before the newest was written is a matter of time.</summary>
    private static void AssertSame(string expected, string found)
    {
        string[] files = [.. FilesIn(expected).Where(file => !file.StartsWith("tensorboard", StringComparison.Ordinal) && !file.StartsWith("state", StringComparison.Ordinal))];
        Assert.Contains("report.html", files);
        Assert.Empty(files.Except(FilesIn(found)));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(found, file))));
    }

    /// <summary>Does something after the n-th window.</summary>
    private sealed class Moment(int window, Action act) : ITuningListener
    {
        private int _windows;

        public void WindowEnded(TuningWindow ended, NoteRnnModel net)
        {
            if (++_windows == window)
            {
                act();
            }
        }
    }
}
