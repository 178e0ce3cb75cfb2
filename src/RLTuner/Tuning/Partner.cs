namespace RLTuner.Tuning;

/// <summary>
/// A second thread that takes half of a piece of work. Who does which half never changes what is computed. The pieces are microseconds
/// long, so both sides wait by spinning, the thread only for a moment before it sleeps; what it has not begun when
/// the caller is done with the other half, the caller does as well, so that a busy machine costs little.
/// </summary>
/// <param name="threads">1 does everything on the caller's thread, 2 shares it.</param>
internal sealed class Partner(int threads)
{
    private const int Idle = 0, Posted = 1, Taken = 2;

    /// <summary>About a tenth of a millisecond: notes between two updates take less.</summary>
    private const int SpinsBeforeSleep = 4000;

    private readonly object _bed = new();
    private Thread? _thread;
    private Action? _work;
    private Exception? _error;
    private int _state;
    private volatile bool _sleeps, _stopped;

    /// <summary>Starts the thread, if there is to be one. Until then, and after <see cref="Stop"/>, the caller does everything.</summary>
    public void Start()
    {
        if (threads > 1 && _thread is null)
        {
            _stopped = false;
            _thread = new Thread(Loop) { IsBackground = true, Name = "RLTuner partner" };
            _thread.Start();
        }
    }

    /// <summary>Does two things that do not touch each other's data, and returns when both are done.</summary>
    public void Both(Action first, Action second)
    {
        if (_thread is null)
        {
            first();
            second();
            return;
        }

        _work = second;
        Interlocked.Exchange(ref _state, Posted);
        if (_sleeps)
        {
            Wake();
        }

        try
        {
            first();
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Posted) == Posted)
            {
                second();
            }
            else
            {
                SpinWait wait = default;
                while (Volatile.Read(ref _state) != Idle)
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }
            }
        }

        if (_error is { } error)
        {
            _error = null;
            throw new InvalidOperationException("the second thread failed", error);
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Stop()
    {
        _stopped = true;
        Wake();
        _thread?.Join();
        _thread = null;
    }

    private void Loop()
    {
        int spins = 0;
        while (!_stopped)
        {
            if (Volatile.Read(ref _state) == Posted && Interlocked.CompareExchange(ref _state, Taken, Posted) == Posted)
            {
                try
                {
                    _work!();
                }
                catch (Exception error)
                {
                    _error = error;
                }

                Volatile.Write(ref _state, Idle);
                spins = 0;
            }
            else if (++spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Sleep();
                spins = 0;
            }
        }
    }

    private void Sleep()
    {
        lock (_bed)
        {
            _sleeps = true;
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _state) != Posted && !_stopped)
            {
                Monitor.Wait(_bed);
            }

            _sleeps = false;
        }
    }

    private void Wake()
    {
        lock (_bed)
        {
            Monitor.Pulse(_bed);
        }
    }
}
