using RLTuner.Files;
using RLTuner.Runs;
using RLTuner.Studio.Corpora;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Nets;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio;

/// <summary>All that the studio has: a folder that the command line reads too, and what works in it.</summary>
internal sealed class Studio : IDisposable
{
    /// <summary>A page is told sixteen times a second at most how far a run is: on a busy machine ten.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(60);

    private readonly FileStream _lock;
    private readonly Timer _timer;

    private Studio(StudioOptions options, FileStream taken)
    {
        _lock = taken;
        Options = options;
        Queue = new JobQueue(PathTo("queue.json"), options.Threads) { Gone = id => Events.Publish("gone", new { id }) };
        Nets = new NetList(this);
        Corpora = new CorpusList(PathTo("corpora"));
        if (Directory.Exists(UploadsFolder))
        {
            // What an earlier studio was receiving when it ended.
            Directory.Delete(UploadsFolder, recursive: true);
        }

        foreach (Job job in Earlier())
        {
            Add(job);
        }

        _timer = new Timer(_ => TellChanges(), null, Beat, Beat);
    }

    /// <summary>How it was started.</summary>
    public StudioOptions Options { get; }

    /// <summary>Where everything is kept.</summary>
    public string Folder => Options.Folder;

    /// <summary>Runs and trainings.</summary>
    public JobQueue Queue { get; }

    /// <summary>The nets that a page may name.</summary>
    public NetList Nets { get; }

    /// <summary>The corpora that a page may name.</summary>
    public CorpusList Corpora { get; }

    /// <summary>Where files lie while they are looked at.</summary>
    public string UploadsFolder => PathTo("uploads");

    /// <summary>What open pages are told.</summary>
    public EventHub Events { get; } = new(StudioJson.Options);

    /// <summary>Opens a folder, or makes it, and goes on with what was at work in it.</summary>
    /// <exception cref="IOException">It cannot be made or written, or another studio has it.</exception>
    /// <exception cref="InvalidDataException">Its list of runs is damaged.</exception>
    public static Studio Open(StudioOptions options)
    {
        OutputFolder.Make(options.Folder);
        FileStream taken = Take(options.Folder);
        try
        {
            return new Studio(options, taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>A file or folder of the studio's own.</summary>
    public string PathTo(params ReadOnlySpan<string> names) => Path.Combine([Folder, .. names]);

    /// <summary>The folder of a run, new or not.</summary>
    public string RunPath(string id) => PathTo("runs", id);

    /// <summary>An id that neither run nor net has.</summary>
    public string NewId(string name) => Ids.New(name, id => Path.Exists(RunPath(id)) || Nets.Has(id) || Queue.Find(id) is not null);

    /// <summary>Adds a job to the queue, and tells open pages of it.</summary>
    public Job Add(Job job)
    {
        job.OnWindow = (id, window) => Events.Publish("window", new { id, window });
        return Queue.Add(job);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Events.Close();
        Queue.Dispose();
        _lock.Dispose();
    }

    private void TellChanges()
    {
        foreach (Job job in Queue.All.Where(job => job.TakeChanged()))
        {
            Events.Publish("run", job.Summary());
        }
    }

    /// <summary>The jobs of the list, and runs that somebody else put into the folder.</summary>
    private IEnumerable<Job> Earlier()
    {
        IReadOnlyList<JobRecord> listed = JobQueue.Read(PathTo("queue.json"));
        HashSet<string> ids = [.. listed.Select(record => record.Id)];
        IEnumerable<string> folders = Directory.Exists(PathTo("runs")) ? Directory.EnumerateDirectories(PathTo("runs")).Order(StringComparer.Ordinal) : [];
        IEnumerable<Job?> found = folders.Select(path => (Path: path, Id: Path.GetFileName(path)))
            .Where(run => Ids.Is(run.Id) && !ids.Contains(run.Id) && RunFolder.Exists(run.Path))
            .Select(run => Try(run.Id, () => TuneJob.Found(run.Path, run.Id, run.Id)));
        return found.Concat(listed.Where(record => Ids.Is(record.Id)).Select(record => Try(record.Id, () => JobOf(record)))).OfType<Job>();
    }

    /// <summary>The job of a record.</summary>
    /// <exception cref="StudioException">Its corpus is gone.</exception>
    public Job JobOf(JobRecord record) => record.Kind == JobRecord.Train
        ? new TrainJob(record, Corpora.PathOf(record.Corpus ?? ""), Nets.PathTo(record.Id))
        : new TuneJob(record, RunPath(record.Id));

    /// <summary>A damaged run must not keep the others from being opened.</summary>
    private static Job? Try(string id, Func<Job> open)
    {
        try
        {
            return open();
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"rltuner: {PlainText.Of(id)}: left out of the list: {PlainText.Of(Problems.Of(error).Message)}");
            return null;
        }
    }

    /// <summary>An open file that nobody else can open; the system closes it with the process.</summary>
    private static FileStream Take(string folder)
    {
        string path = Path.Combine(folder, "studio.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new IOException($"{folder}: expected a folder that no other studio has, found one that is open (use that one, or pass another --folder)", error);
        }
    }
}
