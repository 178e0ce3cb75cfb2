using System.Collections.Concurrent;
using System.Diagnostics;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Sweeps;

/// <summary>
/// Runs the runs of a sweep, some at a time. Each starts, or goes on where it was stopped; one that fails stops none of the others; one that another process is at
/// work on is left to it. Any number of pools may work on one folder.
/// </summary>
/// <param name="sweep">The sweep.</param>
/// <param name="environment">What each run is made with; its threads are each run's own.</param>
public sealed class SweepPool(SweepFolder sweep, RunEnvironment environment)
{
    private readonly Lock _telling = new();

    /// <summary>How many run at a time, 1 or more.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How long to wait for a run that seems to be another's: somebody may only have looked, or a dead machine's lock be about to end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Makes what follows a run besides its folder; null for nothing.</summary>
    public Func<RunSession, ITuningListener>? Follow { get; init; }

    /// <summary>Called when a run is done, before it counts as done.</summary>
    public Action<RunFolder> Finish { get; init; } = _ => { };

    /// <summary>Hears of each run that ends here; one call at a time.</summary>
    public Action<PlannedRun, SweepOutcome> Ended { get; init; } = (_, _) => { };

    /// <summary>Runs what is not done yet; what failed before comes last.</summary>
    /// <param name="runs">Some or all runs of the sweep.</param>
    /// <param name="stop">Asks to stop; the runs at work keep what they have learned, and go on from there another time.</param>
    /// <returns>Those that another process has.</returns>
    /// <exception cref="IOException">How a run ended cannot be kept.</exception>
    public IReadOnlyList<PlannedRun> Run(IEnumerable<PlannedRun> runs, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        PlannedRun[] inUse = Pass(runs.Where(run => !IsDone(run)).OrderBy(run => sweep.Outcome(run) is not null), stop);
        for (long start = Stopwatch.GetTimestamp(); inUse.Length > 0 && Stopwatch.GetElapsedTime(start) < Patience && !stop.IsCancellationRequested;)
        {
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Min(1000, Patience.TotalMilliseconds / 2)));
            inUse = Pass(inUse.Where(run => !IsDone(run)), stop);
        }

        return inUse;
    }

    /// <summary>Goes through runs once; gives back those that others have.</summary>
    private PlannedRun[] Pass(IEnumerable<PlannedRun> runs, CancellationToken stop)
    {
        ConcurrentQueue<PlannedRun> waiting = new(runs), inUse = [];
        Task[] workers =
        [
            .. Enumerable.Range(0, Math.Min(Jobs, waiting.Count)).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    while (!stop.IsCancellationRequested && waiting.TryDequeue(out PlannedRun? run))
                    {
                        if (!TryRun(run, stop))
                        {
                            inUse.Enqueue(run);
                        }
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        Task.WhenAll(workers).GetAwaiter().GetResult();
        return [.. inUse];
    }

    /// <summary>Runs a run to its end, its failure or the stop; false where another process has it.</summary>
    private bool TryRun(PlannedRun run, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp(), notes = 0;
        SweepOutcome Outcome(string? problem) => new() { Notes = notes, Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3), Problem = problem };
        SweepOutcome outcome;
        try
        {
            using RunSession session = Take(run);
            if (IsDone(run))
            {
                // Another process ended it after we looked.
                return true;
            }

            long before = session.Step;
            RunResult result = session.Run(Follow?.Invoke(session), stop);
            notes = result.Step - before;
            if (result.IsStopped)
            {
                return true;
            }

            Finish(session.Folder);
            outcome = Outcome(problem: null);

            // While the run is ours: nobody takes it up again in between.
            sweep.SetOutcome(run, outcome);
        }
        catch (RunInUseException)
        {
            return false;
        }
        catch (Exception error)
        {
            outcome = Outcome(error.Message);
            sweep.SetOutcome(run, outcome);
        }

        lock (_telling)
        {
            Ended(run, outcome);
        }

        return true;
    }

    private RunSession Take(PlannedRun run)
    {
        string path = sweep.RunPath(run);
        if (RunFolder.Exists(path))
        {
            return RunSession.Resume(path, null, environment);
        }

        try
        {
            return RunSession.Start(run.Plan, sweep.NetOf(run), path, environment);
        }
        catch (IOException error) when (RunFolder.Exists(path))
        {
            // Another process began it after we looked.
            throw new RunInUseException(error.Message);
        }
    }

    private bool IsDone(PlannedRun run) => sweep.Outcome(run) is { Problem: null };
}
