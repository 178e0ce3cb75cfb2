using System.Text.Json;
using System.Text.Json.Serialization;
using RLTuner.Files;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Jobs;

/// <summary>
/// All jobs, and those at work within a budget of threads. Each change of status is kept in <c>queue.json</c>: what was at work when the studio ended, in
/// whatever way, goes on when it opens again.
/// </summary>
internal sealed class JobQueue : IDisposable
{
    /// <summary>A run shares its work between two at most.</summary>
    private const int MostThreadsOfOne = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _lock = new();
    private readonly List<Job> _jobs = [];
    private readonly Dictionary<Job, Work> _working = [];
    private readonly string _path;
    private int _threads;
    private bool _isClosing;

    /// <param name="path">The file of the queue.</param>
    /// <param name="threads">The budget.</param>
    public JobQueue(string path, int threads) => (_path, _threads) = (path, threads);

    /// <summary>Threads that all jobs together may take.</summary>
    public int Threads
    {
        get => Locked(() => _threads);
        set => Locked(() =>
        {
            _threads = value;
            Schedule();
        });
    }

    /// <summary>Hears of each job that is gone.</summary>
    public Action<string> Gone { get; set; } = _ => { };

    /// <summary>All jobs, the newest first.</summary>
    public IReadOnlyList<Job> All => Locked(() => _jobs.AsEnumerable().Reverse().ToArray());

    /// <summary>What the file of an earlier studio says, the oldest first.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<JobRecord> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<JobRecord[]>(File.ReadAllBytes(path), Json) ?? [] : [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: expected the queue of a studio, found something else in line {(error.LineNumber ?? 0) + 1} (remove it; the runs are found by their folders)", error);
        }
    }

    /// <summary>A job by its id.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public Job this[string id] => Find(id) ?? throw StudioException.NotFound("run", id);

    /// <summary>A job by its id, or null.</summary>
    public Job? Find(string id) => Locked(() => _jobs.Find(job => job.Id == id));

    /// <summary>Adds a job; one that waits begins when there is a thread.</summary>
    public Job Add(Job job) => Locked(() =>
    {
        // What was at work when the studio ended waits to go on.
        _jobs.Add(job);
        Become(job, job.Status switch
        {
            JobStatus.Running => JobStatus.Waiting,
            JobStatus.Pausing => JobStatus.Paused,
            var other => other,
        });
        Schedule();
        return job;
    });

    /// <summary>Asks a job to stop and to keep what it learned.</summary>
    /// <exception cref="StudioException">It neither works nor waits.</exception>
    public Job Pause(string id) => Locked(() =>
    {
        Job job = this[id];
        switch (job.Status)
        {
            case JobStatus.Waiting:
                Become(job, JobStatus.Paused);
                break;
            case JobStatus.Running:
                Become(job, JobStatus.Pausing);
                _working[job].Stop.Cancel();
                break;
            case JobStatus.Pausing:
                break;
            default:
                throw new StudioException(409, $"expected a run that works or waits, found one that is {Word(job)}");
        }

        return job;
    });

    /// <summary>Has a job go on where it stands.</summary>
    /// <exception cref="StudioException">It has not stopped.</exception>
    public Job Resume(string id) => Locked(() =>
    {
        Job job = this[id];
        if (job.Status is not (JobStatus.Paused or JobStatus.Failed))
        {
            throw new StudioException(409, $"expected a run that is paused, found one that is {Word(job)}");
        }

        Become(job, JobStatus.Waiting);
        Schedule();
        return job;
    });

    /// <summary>Has a job go on to more steps than before.</summary>
    /// <exception cref="StudioException">It works, or waits to.</exception>
    /// <exception cref="ArgumentException">There are not more.</exception>
    public Job Continue(string id, long steps) => Locked(() =>
    {
        Job job = this[id];
        if (job.Status is JobStatus.Running or JobStatus.Pausing or JobStatus.Waiting)
        {
            throw new StudioException(409, $"expected a run that is done or paused, found one that is {Word(job)} (pause it first)");
        }

        if (steps <= job.Record.Steps)
        {
            throw new StudioException(400, $"steps: expected more than the {job.Record.Steps} so far, found {steps}");
        }

        job.Extend(steps);
        Keep(job, job.Record with { Steps = steps, Status = JobStatus.Waiting, Error = null });
        Schedule();
        return job;
    });

    /// <summary>Stops a job and removes it with its files.</summary>
    public async Task DeleteAsync(string id)
    {
        Task work = Locked(() =>
        {
            Job job = this[id];
            _working.GetValueOrDefault(job)?.Stop.Cancel();
            Task ending = _working.GetValueOrDefault(job)?.Task ?? Task.CompletedTask;
            _jobs.Remove(job);
            Write();
            return ending.ContinueWith(_ => job.Delete(), TaskScheduler.Default);
        });
        await work.ConfigureAwait(false);
        Gone(id);
    }

    /// <summary>Stops all work and waits until what was learned is kept; the next studio goes on with it.</summary>
    public void Dispose()
    {
        Task[] ending = Locked(() =>
        {
            _isClosing = true;
            foreach (Work work in _working.Values)
            {
                work.Stop.Cancel();
            }

            return _working.Values.Select(work => work.Task).ToArray();
        });
        Task.WaitAll(ending);
    }

    /// <summary>Begins what waits, the oldest first, while there are threads; one that is alone gets two.</summary>
    private void Schedule()
    {
        while (!_isClosing && _threads - _working.Values.Sum(work => work.Threads) is > 0 and int free)
        {
            Job[] waiting = [.. _jobs.Where(job => job.Status == JobStatus.Waiting && !_working.ContainsKey(job))];
            if (waiting.Length == 0)
            {
                break;
            }

            Job next = waiting[0];
            Work work = new(waiting.Length == 1 ? Math.Min(free, MostThreadsOfOne) : 1);
            Become(next, JobStatus.Running);
            _working.Add(next, work);
            work.Task = Task.Factory.StartNew(() => Run(next, work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private void Run(Job job, Work work)
    {
        string? problem = null;
        bool isDone = false;
        try
        {
            isDone = job.Run(work.Threads, work.Stop.Token);
        }
        catch (Exception error)
        {
            problem = Problems.Of(error).Message;
        }

        Locked(() =>
        {
            _working.Remove(job);
            work.Stop.Dispose();
            if (problem is not null)
            {
                Keep(job, job.Record with { Status = JobStatus.Failed, Step = job.Step, Error = PlainText.Of(problem) });
            }
            else if (isDone || !_isClosing)
            {
                Become(job, isDone ? JobStatus.Done : JobStatus.Paused);
            }

            Schedule();
        });
    }

    private void Become(Job job, JobStatus status) =>
        Keep(job, job.Record with { Status = status, Step = job.Step, Error = status == JobStatus.Failed ? job.Record.Error : null });

    private void Keep(Job job, JobRecord record)
    {
        job.Become(record);
        Write();
    }

    private void Write()
    {
        try
        {
            AtomicFile.Write(_path, file => JsonSerializer.Serialize(file, _jobs.Select(job => job.Record), Json));
        }
        catch (IOException error)
        {
            // Work goes on: without the list, runs are found by their folders.
            Console.Error.WriteLine($"rltuner: {PlainText.Of(error.Message)}");
        }
    }

    private static string Word(Job job) => JsonNamingPolicy.CamelCase.ConvertName(job.Status.ToString());

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return action();
        }
    }

    private void Locked(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }

    /// <summary>A job at work.</summary>
    private sealed class Work(int threads)
    {
        public int Threads { get; } = threads;

        public CancellationTokenSource Stop { get; } = new();

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
