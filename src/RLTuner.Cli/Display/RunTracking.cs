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

    public RunTracking(RunFolder folder, Keeping keeping, bool goesOn)
    {
        _folder = folder;
        TensorBoardLog tensorBoard = new(Path.Combine(folder.FullPath, "tensorboard"));
        IReadOnlyList<ProgressWindow> before = goesOn ? RunRecord.Read(folder.FullPath).Progress : [];
        tensorBoard.GoBackTo(before.Count == 0 ? 0 : before[^1].Step);
        ProgressWindow? bestBefore = before.MaxBy(window => window.Evaluation?.Total);
        _best = keeping.Best ? new KeepBest(folder.Best, reached: bestBefore?.Evaluation is { } reward ? (bestBefore.Step, reward.Total) : null) : null;
        if (keeping.WindowsWhenFlat is int windows)
        {
            _flat = new StopWhenFlat(windows);
            foreach (ProgressWindow window in before)
            {
                _flat.Remember(new Estimate(window.Evaluation?.Total ?? double.NaN, window.StandardError?.Total ?? double.NaN));
            }
        }

        _all = new TuningListeners(new ITuningListener?[] { folder, tensorBoard, _best, _flat }.OfType<ITuningListener>());
    }

    /// <summary>The step of the best net and what a melody earned by it; nothing where it is not kept.</summary>
    public (long Step, double Figure)? Best => _best?.Best;

    /// <summary>Whether the run was ended since it no longer rises.</summary>
    public bool IsFlat => _flat is { HasEnough: true };

    public bool HasEnough => _all.HasEnough;

    public void WindowEnding(Tuner tuner, bool last) => _all.WindowEnding(tuner, last);

    public void WindowEnded(TuningWindow window, NoteRnnModel net) => _all.WindowEnded(window, net);

    /// <summary>Writes the learning curve in the original's form.</summary>
    public void WriteRewards() => RewardArrays.Write(Path.Combine(_folder.FullPath, "rewards.npz"), RunRecord.Read(_folder.FullPath).Progress);
}
