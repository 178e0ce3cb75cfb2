using RLTuner.Reports.Pages;
using RLTuner.Runs;
using RLTuner.Sweeps;
using RLTuner.Tuning;

namespace RLTuner.Reports.Tracking;

/// <summary>What follows a run in its folder besides the run itself: the files of tracking programs, figures, a page.</summary>
public static class RunTracking
{
    /// <summary>Follows a run in TensorBoard's form, from where the run stands.</summary>
    /// <param name="session">The run.</param>
    /// <param name="warn">Hears where events of before are damaged.</param>
    /// <param name="planned">What tells it from others, where it is one of a sweep.</param>
    /// <exception cref="IOException">The events cannot be read or written.</exception>
    public static ITuningListener Of(RunSession session, Action<string> warn, PlannedRun? planned = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(warn);
        TensorBoardLog log = LogIn(session.Folder);
        IReadOnlyList<TuningWindow> before = session.Step == 0 ? [] : session.Folder.ReadProgress();
        long step = before.Count == 0 ? 0 : before[^1].Step, tracked = log.GoBackTo(step);
        if (tracked < step)
        {
            warn(FormattableString.Invariant($"tensorboard/: expected events up to step {step}, found them whole up to {tracked}; progress.jsonl has all windows"));
        }

        if (planned is not null && session.Step == 0)
        {
            log.Begin(planned);
        }

        return log;
    }

    /// <summary>Writes the learning curve in the original's form, and figures and page where they are wanted.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="draws">Whether figures and page are wanted.</param>
    /// <param name="planned">The run, where it is one of a sweep.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Finish(RunFolder folder, bool draws, PlannedRun? planned = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        RewardArrays.Write(Path.Combine(folder.FullPath, "rewards.npz"), folder.ReadProgress());
        if (planned is not null)
        {
            LogIn(folder).End(planned);
        }

        if (draws)
        {
            RunReport.Write(folder.FullPath, learners: folder.Learners);
        }
    }

    private static TensorBoardLog LogIn(RunFolder folder) => new(Path.Combine(folder.FullPath, "tensorboard"));
}
