using System.Collections.Immutable;
using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary>How a run stands.</summary>
public enum SweepRunState
{
    /// <summary>All of it is done.</summary>
    Done,

    /// <summary>A process is at work on it.</summary>
    Running,

    /// <summary>It has not begun, or was stopped and goes on when it is its turn.</summary>
    Waiting,

    /// <summary>It ended by an error, and is tried again when the sweep is run again.</summary>
    Failed,

    /// <summary>Successive halving has cut it; it goes on where the sweep is run without.</summary>
    Cut,
}

/// <summary>How a run of a sweep stands.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">Its state.</param>
/// <param name="Step">Notes played, as far as its folder has them.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record SweepRunStatus(PlannedRun Run, SweepRunState State, long Step, string? Problem);

/// <summary>How a sweep stands.</summary>
/// <param name="Runs">Each run, in the order of the sweep.</param>
/// <param name="SecondsPerNote">The mean of the runs that ended; null where none has.</param>
public sealed record SweepStatus(ImmutableArray<SweepRunStatus> Runs, double? SecondsPerNote)
{
    /// <summary>Notes still to play.</summary>
    public long NotesLeft => Runs.Where(run => run.State is not (SweepRunState.Done or SweepRunState.Cut)).Sum(run => Math.Max(0, run.Run.Plan.TrainingSteps - run.Step));

    /// <summary>Looks at every run's folder.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static SweepStatus Of(SweepFolder sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ImmutableArray<SweepRunStatus>.Builder runs = ImmutableArray.CreateBuilder<SweepRunStatus>(sweep.Runs.Length);
        double seconds = 0, notes = 0;
        HashSet<string> cut = [.. SweepHalving.Rounds(sweep).SelectMany(round => round.Cut).Select(each => each.Combination)];
        foreach (PlannedRun run in sweep.Runs)
        {
            SweepOutcome? outcome = sweep.Outcome(run);
            runs.Add(StatusOf(sweep, run, outcome, cut));
            if (outcome is { Problem: null })
            {
                seconds += outcome.Seconds;
                notes += outcome.Notes;
            }
        }

        return new SweepStatus(runs.MoveToImmutable(), notes > 0 ? seconds / notes : null);
    }

    /// <summary>How many runs are in a state.</summary>
    public int Count(SweepRunState state) => Runs.Count(run => run.State == state);

    /// <summary>How long it takes if as many run as now, or one at least; null where no run has ended yet.</summary>
    public TimeSpan? Left => SecondsPerNote is { } each ? TimeSpan.FromSeconds(NotesLeft * each / Math.Max(1, Count(SweepRunState.Running))) : null;

    private static SweepRunStatus StatusOf(SweepFolder sweep, PlannedRun run, SweepOutcome? outcome, HashSet<string> cut)
    {
        string path = sweep.RunPath(run);
        if (outcome is { Problem: null })
        {
            return new SweepRunStatus(run, SweepRunState.Done, run.Plan.TrainingSteps, null);
        }

        SweepRunState state = RunLock.IsTaken(path) ? SweepRunState.Running
            : outcome is not null ? SweepRunState.Failed
            : cut.Contains(run.Combination) ? SweepRunState.Cut : SweepRunState.Waiting;
        long step = RunFolder.Exists(path) && RunFolder.Open(path).ReadProgress() is [.., var last] ? last.Step : 0;
        return new SweepRunStatus(run, state, step, state == SweepRunState.Failed ? outcome!.Problem : null);
    }
}
