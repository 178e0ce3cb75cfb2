namespace RLTuner.Tuning;

/// <summary>
/// A second thread that takes the second share of each piece of work. Who does a share never changes what is computed. The pieces are
/// microseconds long, so both sides wait by spinning, the thread only for a moment before it sleeps. What belongs to a share lies in
/// its thread's cache, so the caller takes over the other share only where the thread sleeps or got no processor; until it is
/// back the caller does everything, so that a busy machine costs little.
/// </summary>
/// <param name="threads">1 does everything on the caller's thread, 2 shares it.</param>
internal sealed class Partner(int threads)
{
    private const int Idle = 0, Posted = 1, Taken = 2;

    /// <summary>About a tenth of a millisecond: notes between two updates take less.</summary>
    private const int SpinsBeforeSleep = 4000;

    /// <summary>About a hundredth: a thread that is awake answers within a hundredth of that.</summary>
    private const int SpinsBeforeTakingOver = 400;

    private readonly object _bed = new();
    private Thread? _thread;
    private Action<int>? _work;
    private Exception? _error;
    private int _state;
    private volatile bool _sleeps, _stopped, _late;

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

    /// <summary>Does share 0 and share 1 of a piece of work, which do not write to each other's data, and returns when both are done.</summary>
    public void Both(Action<int> work)
    {
        if (_thread is null)
        {
            work(0);
            work(1);
            return;
        }

        _work = work;
        Interlocked.Exchange(ref _state, Posted);
        if (_sleeps)
        {
            Wake();
        }

        try
        {
            work(0);
        }
        finally
        {
            if (TakeBack())
            {
                work(1);
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

    /// <summary>Waits for the other share.</summary>
    /// <returns>Whether the caller must do it.</returns>
    private bool TakeBack()
    {
        for (int spins = 0; ; spins++)
        {
            int state = Volatile.Read(ref _state);
            if (state == Idle)
            {
                return false;
            }

            if (state == Posted && (_late || _sleeps || spins > SpinsBeforeTakingOver)
                && Interlocked.CompareExchange(ref _state, Idle, Posted) == Posted)
            {
                _late = true;
                return true;
            }

            if (spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private void Loop()
    {
        int spins = 0;
        while (!_stopped)
        {
            if (Volatile.Read(ref _state) == Posted && Interlocked.CompareExchange(ref _state, Taken, Posted) == Posted)
            {
                if (_late)
                {
                    _late = false;
                }

                try
                {
                    _work!(1);
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
