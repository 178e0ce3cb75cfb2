using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RLTuner.Studio.Jobs;

/// <summary>Something in the queue. The queue alone changes its status; its own thread its step and its figures; anybody may look.</summary>
/// <param name="record">How it stood when it was kept.</param>
internal abstract class Job(JobRecord record)
{
    private const int MostShown = 1000;

    private readonly Stopwatch _working = new();
    private long _step = record.Step, _startedAt = record.Step;
    private int _isChanged = 1;

    /// <summary>What is kept of it.</summary>
    public JobRecord Record { get; private set; } = record;

    public string Id => Record.Id;

    public JobStatus Status => Record.Status;

    /// <summary>Notes played, or epochs done.</summary>
    public long Step => Volatile.Read(ref _step);

    /// <summary>Notes played a second since it last began to work; null where it does not work, or that is not known yet.</summary>
    public virtual double? Speed => StepsPerSecond;

    protected double? StepsPerSecond =>
        Status is JobStatus.Running or JobStatus.Pausing && _working.Elapsed.TotalSeconds is > 0.2 and double seconds && Step > _startedAt ? (Step - _startedAt) / seconds : null;

    /// <summary>Seconds until it is done, if it goes on as until now.</summary>
    public double? SecondsLeft => StepsPerSecond is { } speed ? Math.Max(0, Record.Steps - Step) / speed : null;

    /// <summary>Hears of each window, on the job's thread, which waits.</summary>
    public Action<string, JsonObject> OnWindow { get; set; } = (_, _) => { };

    /// <summary>Works until all is done, or until it is asked to stop.</summary>
    /// <param name="threads">How many threads it may use.</param>
    /// <param name="stop">Asks to stop; what was learned is kept.</param>
    /// <returns>Whether all is done.</returns>
    public abstract bool Run(int threads, CancellationToken stop);

    /// <summary>Asks for more steps than before.</summary>
    /// <exception cref="ArgumentException">They are not more.</exception>
    public abstract void Extend(long steps);

    /// <summary>Removes its files.</summary>
    public abstract void Delete();

    /// <summary>What the page is told.</summary>
    public abstract RunSummary Summary();

    /// <summary>The windows so far, as the page is told of them; of very many some, evenly chosen, the first and the last among them.</summary>
    public abstract IReadOnlyList<JsonObject> Windows();

    /// <summary>Whether it changed since this was last asked.</summary>
    public bool TakeChanged() => Interlocked.Exchange(ref _isChanged, 0) == 1;

    /// <summary>The queue's: another status, or more steps.</summary>
    public void Become(JobRecord record)
    {
        if (record.Status == JobStatus.Running && Status != JobStatus.Running)
        {
            _working.Reset();
        }

        Record = record;
        Volatile.Write(ref _isChanged, 1);
    }

    /// <summary>At most as many as a curve on a screen has use for.</summary>
    protected static IEnumerable<T> Shown<T>(IReadOnlyList<T> windows) => windows.Count <= MostShown
        ? windows
        : Enumerable.Range(0, MostShown).Select(i => windows[(int)((long)i * (windows.Count - 1) / (MostShown - 1))]);

    /// <summary>The job's own: a window ended.</summary>
    protected void Tell(JsonObject window) => OnWindow(Id, window);

    /// <summary>The job's own: so far it is.</summary>
    protected void Reached(long step)
    {
        if (!_working.IsRunning)
        {
            // What is measured first is not the loop's speed.
            _startedAt = step;
            _working.Restart();
        }

        Volatile.Write(ref _step, step);
        Volatile.Write(ref _isChanged, 1);
    }
}
