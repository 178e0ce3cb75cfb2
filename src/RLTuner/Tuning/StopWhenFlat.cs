using RLTuner.Evaluation;
using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>
/// Ends a run whose evaluation no longer rises beyond its noise: the line through its last windows (least squares) must climb by more than 1.96
/// of the standard errors that the windows' own standard errors give its slope. A run that falls and then recovers is thus let go on, and one
/// that falls to stay is not. Windows should be long enough for a climb to show: tuning begins by losing reward.
/// </summary>
/// <param name="windows">How many windows may pass without a rise, 1 or more; the line goes through one more.</param>
/// <param name="figure">What is to rise; by default the evaluation's total reward. A standard error that is NaN counts as 0.</param>
/// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
public sealed class StopWhenFlat(int windows, Func<TuningWindow, Estimate>? figure = null) : ITuningListener
{
    private readonly int _windows = windows >= 1
        ? windows
        : throw new ArgumentOutOfRangeException(nameof(windows), windows, "expected 1 window or more");

    private readonly Func<TuningWindow, Estimate> _figure = figure ?? (window => new(window.Evaluation.Total, window.EvaluationError.Total));
    private readonly Queue<Estimate> _last = new();

    /// <inheritdoc/>
    public bool WantsToStop => _last.Count > _windows && !Rises();

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net) => Remember(_figure(window));

    /// <summary>Takes in the figure of a window; a run that goes on takes in those from before, in order.</summary>
    public void Remember(Estimate estimate)
    {
        _last.Enqueue(estimate);
        if (_last.Count > _windows + 1L)
        {
            _last.Dequeue();
        }
    }

    /// <summary>The slope is Σ x·y / Σ x² with x counted from the middle; both sides are taken times Σ x².</summary>
    private bool Rises()
    {
        double slope = 0, variance = 0, x = -_windows / 2.0;
        foreach (Estimate estimate in _last)
        {
            slope += x * estimate.Value;
            variance += double.IsFinite(estimate.StandardError) ? x * x * estimate.StandardError * estimate.StandardError : 0;
            x++;
        }

        return slope > ConfidenceInterval.Z * Math.Sqrt(variance);
    }
}
