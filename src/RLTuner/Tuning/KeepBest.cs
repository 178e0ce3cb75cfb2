using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>Keeps the net of the best window as a file, which is replaced whole whenever a better one comes.</summary>
/// <param name="path">The file, such as <c>best.safetensors</c>.</param>
/// <param name="figure">What is best if highest; by default the evaluation's total reward.</param>
/// <param name="reached">The best figure before, and at which step, where a run goes on; its net lies at the path.</param>
public sealed class KeepBest(string path, Func<TuningWindow, double>? figure = null, (long Step, double Figure)? reached = null) : ITuningListener
{
    private readonly Func<TuningWindow, double> _figure = figure ?? (window => window.Evaluation.Total);

    /// <summary>The step and the figure of the net that is kept, the first of several that are equal; nothing before the first window.</summary>
    public (long Step, double Figure)? Best { get; private set; } = reached;

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(window);
        double now = _figure(window);
        if (Best is not { } best || now > best.Figure)
        {
            NoteRnnFile.Save(net, path);
            Best = (window.Step, double.IsNaN(now) ? double.NegativeInfinity : now);
        }
    }
}
