using System.Collections.Concurrent;
using RLTuner.Runs;
using RLTuner.Sweeps;
using RLTuner.Tests.Tuning;
using RLTuner.Tuning;

namespace RLTuner.Tests.Sweeps;

/// <summary>A pool runs each run once to its end, whatever happens to others.</summary>
public sealed class SweepPoolTests : IDisposable
{
    private static readonly RunEnvironment Environment = new() { MelodiesMeasured = 2 };

    private static CancellationToken Never => TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Stopped_and_gone_on_with_all_runs_end_as_those_that_never_were()
    {
        SweepFolder whole = Planned("whole"), other = Planned("other");
        ConcurrentBag<string> ended = [];
        Assert.Empty(new SweepPool(whole, Environment) { Ended = (run, _) => ended.Add(run.Name) }.Run(whole.Runs, Never));
        Assert.Equal(whole.Runs.Select(run => run.Name).Order(), ended.Order());

        // Each pool is stopped at its second window; the last one is not.
        int pools = 0;
        for (bool stopped = true; stopped; pools++)
        {
            using CancellationTokenSource stop = new();
            int windows = 0;
            new SweepPool(other, Environment) { Jobs = 3, Follow = _ => new Stopper(() => Interlocked.Increment(ref windows) == 2 && pools < 6, stop) }.Run(other.Runs, stop.Token);
            stopped = stop.IsCancellationRequested;
        }

        Assert.InRange(pools, 3, 7);
        Assert.All(other.Runs, run => Assert.Equal(Files(whole.RunPath(run)), Files(other.RunPath(run))));
        Assert.Equal(6, SweepStatus.Of(other).Count(SweepRunState.Done));
    }

    [Fact]
    public void One_that_fails_stops_no_other_and_is_tried_again()
    {
        SweepFolder sweep = Planned("sweep");
        PlannedRun bad = sweep.Runs[1];
        Directory.CreateDirectory(Path.GetDirectoryName(sweep.RunPath(bad))!);
        File.WriteAllText(sweep.RunPath(bad), "in the way");
        new SweepPool(sweep, Environment) { Jobs = 2 }.Run(sweep.Runs, Never);
        SweepStatus status = SweepStatus.Of(sweep);
        Assert.Equal((5, 1), (status.Count(SweepRunState.Done), status.Count(SweepRunState.Failed)));
        Assert.Contains("in the way", status.Runs[1].Problem, StringComparison.Ordinal);
        Assert.Equal(bad.Plan.TrainingSteps, status.NotesLeft);

        File.Delete(sweep.RunPath(bad));
        ConcurrentBag<string> again = [];
        new SweepPool(sweep, Environment) { Ended = (run, _) => again.Add(run.Name) }.Run(sweep.Runs, Never);
        Assert.Equal([bad.Name], again);
        Assert.Equal(6, SweepStatus.Of(sweep).Count(SweepRunState.Done));
    }

    [Fact]
    public async Task Two_pools_at_once_run_nothing_twice()
    {
        SweepFolder sweep = Planned("sweep");
        ConcurrentBag<string> ended = [];
        SweepPool[] pools = [.. Enumerable.Range(0, 2).Select(_ => new SweepPool(sweep, Environment) { Jobs = 2, Ended = (run, _) => ended.Add(run.Name) })];
        await Task.WhenAll(pools.Select(pool => Task.Run(() => pool.Run(sweep.Runs, Never), Never)));
        Assert.Equal(sweep.Runs.Select(run => run.Name).Order(), ended.Order());
    }

    [Fact]
    public void A_run_that_another_process_has_is_left_to_it()
    {
        SweepFolder sweep = Planned("sweep");
        PlannedRun taken = sweep.Runs[0];
        using (RunSession session = RunSession.Start(taken.Plan, sweep.NetOf(taken), sweep.RunPath(taken), Environment))
        {
            Assert.Equal([taken], new SweepPool(sweep, Environment) { Jobs = 2, Patience = TimeSpan.FromMilliseconds(50) }.Run(sweep.Runs, Never));
            SweepStatus status = SweepStatus.Of(sweep);
            Assert.Equal((5, SweepRunState.Running), (status.Count(SweepRunState.Done), status.Runs[0].State));
        }

        Assert.Equal(SweepRunState.Waiting, SweepStatus.Of(sweep).Runs[0].State);
        Assert.Empty(new SweepPool(sweep, Environment).Run(sweep.Runs, Never));
        Assert.Equal(6, SweepStatus.Of(sweep).Count(SweepRunState.Done));
    }

    public void Dispose() => _folder.Dispose();

    private SweepFolder Planned(string name)
    {
        string plan = _folder.PathTo("grid.json");
        File.WriteAllText(plan, """
            {"base":{"preset":"paper","training-steps":300,"output-every-nth":100,"evaluation-melodies":2,"num-notes-in-melody":8},
             "grid":{"algorithm":["q","g","pg"]},"seeds":[1,2]}
            """);
        return SweepFolder.Plan(plan, _folder.PathTo(name), _ => SmallRuns.Net());
    }

    /// <summary>The content of each file but states, whose number is a matter of time.</summary>
    private static IEnumerable<(string Name, string Content)> Files(string folder) =>
        from path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        where !path.EndsWith(".state", StringComparison.Ordinal)
        orderby path
        select (Path.GetRelativePath(folder, path), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));

    private sealed class Stopper(Func<bool> isTime, CancellationTokenSource stop) : ITuningListener
    {
        public void WindowEnded(TuningWindow window, RLTuner.NoteRnn.NoteRnnModel net)
        {
            if (isTime())
            {
                stop.Cancel();
            }
        }
    }
}
