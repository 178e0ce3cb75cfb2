using System.Text;
using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>
/// Keeps a run in its folder, window by window: the state, the net, a line of progress, the best net; and asks whether it still rises. A run that
/// goes on is kept from what the folder holds of before.
/// </summary>
internal sealed class RunKeeper : ITuningListener
{
    private readonly RunFolder _folder;
    private readonly RunStates _states;
    private readonly int? _windowsKept;
    private readonly KeepBest? _best;
    private readonly StopWhenFlat? _flat;
    private readonly CollapseWatch _collapse;
    private readonly bool _stopsOnCollapse;

    public RunKeeper(RunFolder folder, RunStates states, RunPlan plan, int? windowsKept, IReadOnlyList<TuningWindow> before, CollapseWatch collapse)
    {
        (_collapse, _stopsOnCollapse) = (collapse, plan.StopOnCollapse);
        foreach (TuningWindow window in before)
        {
            collapse.Remember(window);
        }

        (_folder, _states, _windowsKept) = (folder, states, windowsKept);
        _best = plan.KeepBest ? BestOf(before) : null;
        if (plan.StopWhenFlat is int windows)
        {
            _flat = new StopWhenFlat(windows);
            foreach (TuningWindow window in before)
            {
                _flat.Remember(new Estimate(window.Evaluation.Total, window.EvaluationError.Total));
            }
        }
    }

    /// <summary>The step of the best net and what a melody earned by it; nothing where it is not kept.</summary>
    public (long Step, double Figure)? Best => _best?.Best;

    /// <inheritdoc/>
    public bool WantsToStop => IsFlat || HasCollapsed;

    /// <summary>Whether the reward no longer rises, and that ends the run.</summary>
    public bool IsFlat => _flat is { WantsToStop: true };

    /// <summary>Whether the policy has collapsed, and that ends the run.</summary>
    public bool HasCollapsed => _stopsOnCollapse && _collapse.Found is not null;

    /// <inheritdoc/>
    public void WindowEnding(Tuner tuner, bool last) => _states.Save(tuner, last);

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        // The best before this window too: a run that is stopped within a window goes on as if that one had not been.
        long? before = _best?.Best?.Step;
        _best?.WindowEnded(window, net);
        NoteRnnFile.Save(net, _folder.CheckpointPath(window.Step));
        AtomicFile.Append(_folder.ProgressPath, file => file.Write(Encoding.UTF8.GetBytes(RunProgress.ToJson(window).ToJsonString() + "\n")));
        if (_windowsKept is int kept)
        {
            long[] spared = [0, .. new[] { before, _best?.Best?.Step }.OfType<long>()];
            foreach (string old in _folder.Nets().Skip(kept).Except(spared.Select(_folder.CheckpointPath)).ToList())
            {
                File.Delete(old);
            }
        }

        _flat?.WindowEnded(window, net);
        _collapse.WindowEnded(window, net);
    }

    /// <summary>Keeps the best net, from now on or from where it was: the file may hold that of a window that is taken back.</summary>
    private KeepBest BestOf(IReadOnlyList<TuningWindow> before)
    {
        if (before.Where(window => double.IsFinite(window.Evaluation.Total)).MaxBy(window => window.Evaluation.Total) is not { } best)
        {
            return new KeepBest(_folder.Best);
        }

        if (File.Exists(_folder.CheckpointPath(best.Step)))
        {
            NoteRnnFile.Save(NoteRnnFile.Load(_folder.CheckpointPath(best.Step)), _folder.Best);
        }

        return new KeepBest(_folder.Best, reached: (best.Step, best.Evaluation.Total));
    }
}
