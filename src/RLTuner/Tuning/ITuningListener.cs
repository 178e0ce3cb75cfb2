using RLTuner.NoteRnn;

namespace RLTuner.Tuning;

/// <summary>
/// Hears of a tuning run as it goes, and may end it. Called on the tuning thread, which waits. What it does changes nothing that is learned,
/// save by ending the run.
/// </summary>
public interface ITuningListener
{
    /// <summary>Asked after each window: whether this listener wants the run to end, as that window left it.</summary>
    bool WantsToStop => false;

    /// <summary>Called about every thousand notes.</summary>
    /// <param name="step">Notes played.</param>
    void Progressed(long step)
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
    /// <param name="net">The net as tuned so far: a copy, which nothing changes.</param>
    void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
    }
}

/// <summary>Several listeners as one; each hears everything, in their order, and any of them may end the run.</summary>
public sealed class TuningListeners(params IEnumerable<ITuningListener> listeners) : ITuningListener
{
    private readonly ITuningListener[] _listeners = [.. listeners];

    /// <inheritdoc/>
    public bool WantsToStop => _listeners.Any(listener => listener.WantsToStop);

    /// <inheritdoc/>
    public void Progressed(long step)
    {
        foreach (ITuningListener listener in _listeners)
        {
            listener.Progressed(step);
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
