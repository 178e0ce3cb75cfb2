using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>Keeps the net of the best window as a file, which is replaced whole whenever a better one comes.</summary>
/// <param name="path">The file, such as <see cref="RunFolder.Best"/>.</param>
/// <param name="figure">What is best if highest; by default the evaluation's total reward.</param>
public sealed class KeepBest(string path, Func<TuningWindow, double>? figure = null) : ITuningListener
{
    private readonly Func<TuningWindow, double> _figure = figure ?? (window => window.Evaluation.Total);
    private double _best;

    /// <summary>The window whose net is kept; the first of several that are equal.</summary>
    public TuningWindow? Window { get; private set; }

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        double now = _figure(window);
        if (Window is null || now > _best)
        {
            NoteRnnFile.Save(net, path);
            Window = window;
            _best = double.IsNaN(now) ? double.NegativeInfinity : now;
        }
    }
}
