using RLTuner.Cli.Options;
using RLTuner.Evaluation;
using RLTuner.NoteRnn;
using RLTuner.Reports.Runs;
using RLTuner.Reports.Tracking;
using RLTuner.Tuning;

namespace RLTuner.Cli.Display;

/// <summary>
/// What follows a run in its folder, one after another at each window: the folder itself, TensorBoard's file, the best net, the question
/// whether it still rises. A run that goes on is followed from what the folder holds of before.
/// </summary>
internal sealed class RunTracking : ITuningListener
{
    private readonly RunFolder _folder;
    private readonly KeepBest? _best;
    private readonly StopWhenFlat? _flat;
    private readonly TuningListeners _all;

    public RunTracking(RunFolder folder, Keeping keeping, bool goesOn, Action<string> warn)
    {
        _folder = folder;
        IReadOnlyList<ProgressWindow> before = goesOn ? RunRecord.Read(folder.FullPath).Progress : [];
        TensorBoardLog tensorBoard = new(Path.Combine(folder.FullPath, "tensorboard"));
        long step = before.Count == 0 ? 0 : before[^1].Step, tracked = tensorBoard.GoBackTo(step);
        if (tracked < step)
        {
            warn(FormattableString.Invariant($"tensorboard/: expected events up to step {step}, found them whole up to {tracked}; progress.jsonl has all windows"));
        }

        _best = keeping.Best ? BestOf(before) : null;
        if (keeping.WindowsWhenFlat is int windows)
        {
            _flat = new StopWhenFlat(windows);
            foreach (ProgressWindow window in before)
            {
                _flat.Remember(new Estimate(window.Evaluation?.Total ?? double.NaN, window.StandardError?.Total ?? double.NaN));
            }
        }

        _all = new TuningListeners(new ITuningListener?[] { folder, tensorBoard, _flat }.OfType<ITuningListener>());
    }

    /// <summary>The step of the best net and what a melody earned by it; nothing where it is not kept.</summary>
    public (long Step, double Figure)? Best => _best?.Best;

    /// <summary>Whether the run was ended since it no longer rises.</summary>
    public bool IsFlat => _flat is { HasEnough: true };

    public bool HasEnough => _all.HasEnough;

    public void WindowEnding(Tuner tuner, bool last) => _all.WindowEnding(tuner, last);

    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        if (_best is not null)
        {
            // The best before this window too: a run that is stopped within a window goes on as if that one had not been.
            long? before = _best.Best?.Step;
            _best.WindowEnded(window, net);
            _folder.Spared = [.. new[] { before, _best.Best?.Step }.OfType<long>()];
        }

        _all.WindowEnded(window, net);
    }

    /// <summary>Keeps the best net, from now on or from where it was: the file may hold that of a window that is taken back.</summary>
    private KeepBest BestOf(IReadOnlyList<ProgressWindow> before)
    {
        if (before.MaxBy(window => window.Evaluation?.Total) is not { Evaluation: { } reward } best)
        {
            return new KeepBest(_folder.Best);
        }

        if (File.Exists(_folder.CheckpointPath(best.Step)))
        {
            NoteRnnFile.Save(NoteRnnFile.Load(_folder.CheckpointPath(best.Step)), _folder.Best);
        }

        return new KeepBest(_folder.Best, reached: (best.Step, reward.Total));
    }

    /// <summary>Writes the learning curve in the original's form.</summary>
    public void WriteRewards() => RewardArrays.Write(Path.Combine(_folder.FullPath, "rewards.npz"), RunRecord.Read(_folder.FullPath).Progress);
}
