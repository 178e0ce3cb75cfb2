using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>
/// Hears of a tuning run as it goes, and may end it. Called on the tuning thread, which waits. What it does changes nothing that is learned,
/// save by ending the run.
/// </summary>
public interface ITuningListener
{
    /// <summary>Asked after each window: whether this listener has seen enough. The run then ends as that window left it.</summary>
    bool HasEnough => false;

    /// <summary>Called every thousand notes.</summary>
    /// <param name="step">Notes played.</param>
    /// <param name="exploration">Epsilon now.</param>
    void Progressed(long step, double exploration)
    {
    }

    /// <summary>Called before each window is reported, the last one too: the moment to keep the run's whole state.</summary>
    /// <param name="tuner">Whose <see cref="Tuner.SaveState"/> keeps it.</param>
    /// <param name="last">Whether it is the last: all steps are done, or the run is asked to stop.</param>
    void WindowEnding(Tuner tuner, bool last)
    {
    }

    /// <summary>Called at the end of a window.</summary>
    /// <param name="window">What happened in it.</param>
    /// <param name="net">The net as tuned so far; later steps change it, so copy or save it at once.</param>
    void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
    }
}

/// <summary>Several listeners as one; each hears everything, in their order, and any of them may end the run.</summary>
public sealed class TuningListeners(params IEnumerable<ITuningListener> listeners) : ITuningListener
{
    private readonly ITuningListener[] _listeners = [.. listeners];

    /// <inheritdoc/>
    public bool HasEnough => _listeners.Any(listener => listener.HasEnough);

    /// <inheritdoc/>
    public void Progressed(long step, double exploration)
    {
        foreach (ITuningListener listener in _listeners)
        {
            listener.Progressed(step, exploration);
        }
    }

    /// <inheritdoc/>
    public void WindowEnding(Tuner tuner, bool last)
    {
        foreach (ITuningListener listener in _listeners)
        {
            listener.WindowEnding(tuner, last);
        }
    }

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        foreach (ITuningListener listener in _listeners)
        {
            listener.WindowEnded(window, net);
        }
    }
}
