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
            new SweepPool(other, Environment) { Jobs = 3, Follow = (_, _) => new Stopper(() => Interlocked.Increment(ref windows) == 2 && pools < 6, stop) }.Run(other.Runs, stop.Token);
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

    [Fact]
    public void Halving_cuts_the_worst_and_the_rest_ends_as_if_never_paused()
    {
        const string Grid = """
            {"base":{"preset":"paper","training-steps":360,"output-every-nth":40,"evaluation-melodies":2,"num-notes-in-melody":8},
             "grid":{"reward-scaler":[0.1,0.2,0.5,1,2,5,10,20,50]},"seeds":[1,2]}
            """;
        SweepFolder whole = Planned("whole", Grid), other = Planned("other", Grid);
        new SweepPool(whole, Environment) { Jobs = 2 }.Run(whole.Runs, Never);

        // Each call is stopped at its third window; the last one is not.
        int calls = 0, begun = 0;
        for (bool stopped = true; stopped; calls++)
        {
            using CancellationTokenSource stop = new();
            int windows = 0;
            SweepPool pool = new(other, Environment) { Jobs = 2, Follow = (_, _) => new Stopper(() => Interlocked.Increment(ref windows) == 3 && calls < 4, stop) };
            begun = 0;
            new SweepHalving(other, pool, factor: 3) { Begun = (_, _) => begun++ }.Run(stop.Token);
            stopped = stop.IsCancellationRequested;
        }

        Assert.Equal((5, 3), (calls, begun));
        HalvingRound[] rounds = [.. SweepHalving.Rounds(other)];
        Assert.Equal([(1 / 9.0, 3, 6), (1 / 3.0, 1, 2)], rounds.Select(round => (round.Share, round.GoOn.Count, round.Cut.Count)));
        Assert.All(rounds, round => Assert.True(round.GoOn.Concat(round.Cut).Zip(round.GoOn.Concat(round.Cut).Skip(1)).All(pair => pair.First.Score >= pair.Second.Score)));
        Assert.Equal(rounds[0].GoOn.Select(each => each.Combination).Order(), rounds[1].GoOn.Concat(rounds[1].Cut).Select(each => each.Combination).Order());
        string best = rounds[1].GoOn[0].Combination;
        SweepStatus status = SweepStatus.Of(other);
        Assert.Equal((2, 16, 0), (status.Count(SweepRunState.Done), status.Count(SweepRunState.Cut), status.NotesLeft));
        Assert.All(status.Runs, run => Assert.Equal(run.State == SweepRunState.Done, run.Run.Combination == best));
        Assert.All(other.Runs.Where(run => run.Combination == best), run => Assert.Equal(Files(whole.RunPath(run)), Files(other.RunPath(run))));

        // Without halving what was cut goes on.
        new SweepPool(other, Environment) { Jobs = 2 }.Run(other.Runs, Never);
        Assert.All(other.Runs, run => Assert.Equal(Files(whole.RunPath(run)), Files(other.RunPath(run))));
    }

    [Theory]
    [InlineData(2, "1")]
    [InlineData(3, "1/3,1")]
    [InlineData(26, "1/9,1/3,1")]
    [InlineData(27, "1/27,1/9,1/3,1")]
    [InlineData(2000, "1/81,1/27,1/9,1/3,1")]
    public void Rounds_begin_where_one_combination_is_left_and_runs_can_be_told_apart(int combinations, string shares) => Assert.Equal(
        shares, string.Join(',', new SweepHalving(Planned("sweep"), null!, factor: 3).Shares(combinations).Select(share => share == 1 ? "1" : $"1/{1 / share:F0}")));

    public void Dispose() => _folder.Dispose();

    private SweepFolder Planned(
        string name,
        string grid = """
            {"base":{"preset":"paper","training-steps":300,"output-every-nth":100,"evaluation-melodies":2,"num-notes-in-melody":8},
             "grid":{"algorithm":["q","g","pg"]},"seeds":[1,2]}
            """)
    {
        string plan = _folder.PathTo("grid.json");
        File.WriteAllText(plan, grid);
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
