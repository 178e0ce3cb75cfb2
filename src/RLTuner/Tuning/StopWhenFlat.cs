using RLTuner.Evaluation;
using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>
/// Ends a run whose evaluation no longer rises beyond its noise. A window rises if it lies above the last one that rose by more than 1.96
/// standard errors of their difference; after so many windows that do not, the run ends. A slow rise counts too: it is held against where it began.
/// </summary>
/// <param name="windows">How many, 1 or more.</param>
/// <param name="figure">What is to rise; by default the evaluation's total reward. A standard error that is no number counts as 0.</param>
/// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
public sealed class StopWhenFlat(int windows, Func<TuningWindow, Estimate>? figure = null) : ITuningListener
{
    private readonly int _windows = windows >= 1
        ? windows
        : throw new ArgumentOutOfRangeException(nameof(windows), windows, "expected 1 window or more");

    private readonly Func<TuningWindow, Estimate> _figure = figure ?? (window => new(window.Evaluation.Total, window.EvaluationError.Total));
    private Estimate? _last;

    /// <summary>Windows since the last one that rose.</summary>
    public int FlatWindows { get; private set; }

    /// <inheritdoc/>
    public bool HasEnough => FlatWindows >= _windows;

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        Estimate now = _figure(window);
        if (_last is not { } last || Rises(last, now))
        {
            _last = now;
            FlatWindows = 0;
        }
        else
        {
            FlatWindows++;
        }
    }

    private static bool Rises(Estimate from, Estimate to)
    {
        double error = Math.Sqrt(Variance(from) + Variance(to));
        return to.Value - from.Value > ConfidenceInterval.Z * error;
    }

    private static double Variance(Estimate estimate) =>
        double.IsFinite(estimate.StandardError) ? estimate.StandardError * estimate.StandardError : 0;
}
