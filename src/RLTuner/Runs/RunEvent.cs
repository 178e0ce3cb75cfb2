using System.Threading.Channels;
using RLTuner.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>Something that happened in a run that is followed.</summary>
public abstract record RunEvent
{
    /// <summary>Some more notes were played.</summary>
    /// <param name="Step">Notes played so far.</param>
    public sealed record Progressed(long Step) : RunEvent;

    /// <summary>A window ended.</summary>
    /// <param name="Window">What happened in it.</param>
    public sealed record WindowEnded(TuningWindow Window) : RunEvent;

    /// <summary>The run is over.</summary>
    /// <param name="Result">What came of it.</param>
    public sealed record Finished(RunResult Result) : RunEvent;
}

/// <summary>Tells a run to a reader who may be slow: at most one word of progress waits, and every window.</summary>
internal sealed class RunFollower(ChannelWriter<RunEvent> events) : ITuningListener
{
    private int _progressWaits;

    /// <inheritdoc/>
    public void Progressed(long step)
    {
        if (Interlocked.Exchange(ref _progressWaits, 1) == 0)
        {
            events.TryWrite(new RunEvent.Progressed(step));
        }
    }

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net) => events.TryWrite(new RunEvent.WindowEnded(window));

    /// <summary>The reader has taken an event.</summary>
    public void Seen(RunEvent happened)
    {
        if (happened is RunEvent.Progressed)
        {
            Volatile.Write(ref _progressWaits, 0);
        }
    }

    /// <summary>Runs, and passes on how that ended.</summary>
    public void Finish(Func<RunResult> run)
    {
        try
        {
            events.TryWrite(new RunEvent.Finished(run()));
            events.Complete();
        }
        catch (Exception error)
        {
            events.Complete(error);
        }
    }
}
