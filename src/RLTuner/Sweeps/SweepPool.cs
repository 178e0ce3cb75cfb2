using System.Collections.Concurrent;
using System.Diagnostics;
using RLTuner.NoteRnn;
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
    public Func<PlannedRun, RunSession, ITuningListener>? Follow { get; init; }

    /// <summary>Called when a run is done, before it counts as done.</summary>
    public Action<PlannedRun, RunFolder> Finish { get; init; } = (_, _) => { };

    /// <summary>Hears of each run that ends here; one call at a time.</summary>
    public Action<PlannedRun, SweepOutcome> Ended { get; init; } = (_, _) => { };

    /// <summary>Hears of each run that pauses here, and what it scored; one call at a time.</summary>
    public Action<PlannedRun, RunScore> Paused { get; init; } = (_, _) => { };

    /// <summary>Runs what is not done yet; what failed before comes last.</summary>
    /// <param name="runs">Some or all runs of the sweep.</param>
    /// <param name="stop">Asks to stop; the runs at work keep what they have learned, and go on from there another time.</param>
    /// <returns>Those that another process has.</returns>
    /// <exception cref="IOException">How a run ended cannot be kept.</exception>
    public IReadOnlyList<PlannedRun> Run(IEnumerable<PlannedRun> runs, CancellationToken stop = default) => Run(runs, share: 1, stop);

    /// <summary>Runs what is not done yet up to a share of its notes, where it pauses: its score is kept, and it can go on as if it never had.</summary>
    /// <param name="runs">Some or all runs of the sweep.</param>
    /// <param name="share">Above 0, and up to 1: to their end.</param>
    /// <param name="stop">Asks to stop.</param>
    internal IReadOnlyList<PlannedRun> Run(IEnumerable<PlannedRun> runs, double share, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(runs);
        PlannedRun[] inUse = Pass(runs.Where(run => !IsThere(run, share)).OrderBy(run => sweep.Outcome(run) is not null), share, stop);
        for (long start = Stopwatch.GetTimestamp(); inUse.Length > 0 && Stopwatch.GetElapsedTime(start) < Patience && !stop.IsCancellationRequested;)
        {
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Min(1000, Patience.TotalMilliseconds / 2)));
            inUse = Pass(inUse.Where(run => !IsThere(run, share)), share, stop);
        }

        return inUse;
    }

    /// <summary>Goes through runs once; gives back those that others have.</summary>
    private PlannedRun[] Pass(IEnumerable<PlannedRun> runs, double share, CancellationToken stop)
    {
        ConcurrentQueue<PlannedRun> waiting = new(runs), inUse = [];
        Task[] workers =
        [
            .. Enumerable.Range(0, Math.Min(Jobs, waiting.Count)).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    while (!stop.IsCancellationRequested && waiting.TryDequeue(out PlannedRun? run))
                    {
                        if (!TryRun(run, share, stop))
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

    /// <summary>Runs a run to its end, its pause, its failure or the stop; false where another process has it.</summary>
    private bool TryRun(PlannedRun run, double share, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp(), notes = 0;
        SweepOutcome Outcome(string? problem) => new() { Notes = notes, Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3), Problem = problem };
        SweepOutcome outcome;
        try
        {
            using RunSession session = Take(run);
            if (IsThere(run, share))
            {
                // Another process brought it there after we looked.
                return true;
            }

            using Pause pause = new(RunScore.Goal(run, share), session.Step, stop);
            long before = session.Step;
            RunResult result = session.Run(Follow?.Invoke(run, session) is { } follower ? new TuningListeners(follower, pause) : pause, pause.Token);
            notes = result.Step - before;
            if (result.IsStopped)
            {
                if (pause.IsReached)
                {
                    RunScore score = RunScore.Of(share, result);
                    sweep.AddScore(run, score);
                    lock (_telling)
                    {
                        Paused(run, score);
                    }
                }

                return true;
            }

            Finish(run, session.Folder);
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
            return RunSession.Resume(path, null, sweep.For(run, environment));
        }

        try
        {
            return RunSession.Start(run.Plan, sweep.NetOf(run), path, sweep.For(run, environment));
        }
        catch (IOException error) when (RunFolder.Exists(path))
        {
            // Another process began it after we looked.
            throw new RunInUseException(error.Message);
        }
    }

    private bool IsThere(PlannedRun run, double share) => sweep.IsDone(run) || (share < 1 && sweep.Scores(run).Any(score => score.Share == share));

    /// <summary>Stops a run, as a person would, when so many notes are played.</summary>
    private sealed class Pause : ITuningListener, IDisposable
    {
        private readonly long _goal;
        private readonly CancellationTokenSource _source;

        public Pause(long goal, long step, CancellationToken stop)
        {
            _goal = goal;
            _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Progressed(step);
        }

        public CancellationToken Token => _source.Token;

        public bool IsReached { get; private set; }

        public void Progressed(long step)
        {
            if (step >= _goal)
            {
                IsReached = true;
                _source.Cancel();
            }
        }

        public void WindowEnded(TuningWindow window, NoteRnnModel net) => Progressed(window.Step);

        public void Dispose() => _source.Dispose();
    }
}
