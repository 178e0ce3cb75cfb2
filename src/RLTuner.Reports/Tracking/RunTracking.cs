using RLTuner.Reports.Pages;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Tracking;

/// <summary>What follows a run in its folder besides the run itself: the files of tracking programs, figures, a page.</summary>
public static class RunTracking
{
    /// <summary>Follows a run in TensorBoard's form, from where the run stands.</summary>
    /// <param name="session">The run.</param>
    /// <param name="warn">Hears where events of before are damaged.</param>
    /// <exception cref="IOException">The events cannot be read or written.</exception>
    public static ITuningListener Of(RunSession session, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(warn);
        TensorBoardLog log = new(Path.Combine(session.Folder.FullPath, "tensorboard"));
        IReadOnlyList<TuningWindow> before = session.Step == 0 ? [] : session.Folder.ReadProgress();
        long step = before.Count == 0 ? 0 : before[^1].Step, tracked = log.GoBackTo(step);
        if (tracked < step)
        {
            warn(FormattableString.Invariant($"tensorboard/: expected events up to step {step}, found them whole up to {tracked}; progress.jsonl has all windows"));
        }

        return log;
    }

    /// <summary>Writes the learning curve in the original's form, and figures and page where they are wanted.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Finish(RunFolder folder, bool draws)
    {
        ArgumentNullException.ThrowIfNull(folder);
        RewardArrays.Write(Path.Combine(folder.FullPath, "rewards.npz"), folder.ReadProgress());
        if (draws)
        {
            RunReport.Write(folder.FullPath, learners: folder.Learners);
        }
    }
}
