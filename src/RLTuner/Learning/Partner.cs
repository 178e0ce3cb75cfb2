namespace RLTuner.Learning;

/// <summary>
/// A second thread that takes the second share of each piece of work. Who does a share never changes what is computed. The pieces are
/// microseconds long, so both sides wait by spinning, the thread only for a moment before it sleeps. What belongs to a share lies in
/// its thread's cache, so the caller takes over the other share only where the thread does not begin it in time. On a busy machine
/// the thread may also lose its processor in the middle, and the caller waits for milliseconds; after each such wait the caller works
/// alone for a while, longer each time, so that the run is hardly slower than on one thread.
/// </summary>
/// <param name="threads">1 does everything on the caller's thread, 2 shares it.</param>
internal sealed class Partner(int threads)
{
    private const int Idle = 0, Posted = 1, Taken = 2;

    /// <summary>About a tenth of a millisecond: notes between two updates take less.</summary>
    private const int SpinsBeforeSleep = 4000;

    /// <summary>About as long as a sleeping thread takes to wake.</summary>
    private const int SpinsBeforeTakingOver = 2000;

    /// <summary>The shortest and the longest time to work alone after a wait, in pieces of work: half a millisecond, a fifth of a second.</summary>
    private const int FewestAlone = 64, MostAlone = 1 << 15;

    /// <summary>So many pieces done together without a wait halve the time to work alone after the next.</summary>
    private const int PiecesOfTrust = 256;

    private readonly object _bed = new();
    private Thread? _thread;
    private Action<int, int>? _work;
    private int _argument;
    private Exception? _error;
    private int _state, _alone, _aloneNext = FewestAlone, _together;
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

    /// <summary>Does share 0 and share 1 of a piece of work, which do not write to each other's data, and returns when both are done.</summary>
    /// <param name="work">Takes the share and the argument.</param>
    /// <param name="argument">Such as the number of a layer.</param>
    public void Both(Action<int, int> work, int argument = 0)
    {
        if (_thread is null || _alone > 0)
        {
            _alone = Math.Max(0, _alone - 1);
            work(0, argument);
            work(1, argument);
            return;
        }

        _work = work;
        _argument = argument;
        Interlocked.Exchange(ref _state, Posted);
        if (_sleeps)
        {
            Wake();
        }

        try
        {
            work(0, argument);
        }
        finally
        {
            if (TakeBack())
            {
                work(1, argument);
            }
        }

        if (_error is { } error)
        {
            _error = null;
            throw new InvalidOperationException("the second thread failed", error);
        }
    }

    /// <summary>Starts the thread until the result is disposed of.</summary>
    public IDisposable Working()
    {
        Start();
        return new Ending(this);
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
        int spins = 0;
        for (int state; (state = Volatile.Read(ref _state)) != Idle; spins++)
        {
            if (state == Posted && spins > SpinsBeforeTakingOver && Interlocked.CompareExchange(ref _state, Idle, Posted) == Posted)
            {
                WorkAlone();
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

        if (spins >= SpinsBeforeSleep)
        {
            WorkAlone();
        }
        else if (++_together == PiecesOfTrust)
        {
            _together = 0;
            _aloneNext = Math.Max(FewestAlone, _aloneNext / 2);
        }

        return false;
    }

    private void WorkAlone()
    {
        _together = 0;
        _alone = _aloneNext;
        _aloneNext = Math.Min(MostAlone, 2 * _aloneNext);
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
                    _work!(1, _argument);
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

    private sealed class Ending(Partner partner) : IDisposable
    {
        public void Dispose() => partner.Stop();
    }
}
