using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.NoteRnn;
using RLTuner.Scores;

namespace RLTuner.Tuning;

/// <summary>
/// The folder of a run: <c>options.json</c>, <c>progress.jsonl</c>, <c>metrics.json</c>, <c>checkpoints/step-NNNNNNNNN.safetensors</c> (step 0 is the
/// net that was tuned from, the last one the finished net) and <c>melodies/</c>. docs/file-formats.md defines each file.
/// As a listener it writes a progress line and a checkpoint a window.
/// </summary>
public sealed class RunFolder : ITuningListener
{
    private const string OptionsName = "options.json", ProgressName = "progress.jsonl", MetricsName = "metrics.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const double ShareOfTime = 50;

    private readonly int? _windowsKept;
    private Stopwatch? _sinceSaved;
    private TimeSpan _saving;

    private RunFolder(string path, int? windowsKept)
    {
        FullPath = Path.GetFullPath(path);
        _windowsKept = windowsKept;
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>A line a window.</summary>
    public string ProgressPath => Path.Combine(FullPath, ProgressName);

    /// <summary>Where composed melodies go.</summary>
    public string Melodies => Path.Combine(FullPath, "melodies");

    /// <summary>Where the whole states of the run go, the newest two.</summary>
    public string States => Path.Combine(FullPath, "state");

    /// <summary>Where nets go.</summary>
    public string Checkpoints => Path.Combine(FullPath, "checkpoints");

    /// <summary>The best net so far, where the run keeps it.</summary>
    public string Best => Path.Combine(FullPath, "best" + NoteRnnFile.Extension);

    /// <summary>The steps whose nets are kept however many windows ago they were.</summary>
    public IReadOnlyList<long> Spared { get; set; } = [];

    /// <summary>Whether a path is the folder of a run.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, OptionsName));

    /// <summary>The first of <c>parent/name-1</c>, <c>parent/name-2</c>, … that is not there yet.</summary>
    public static string NextFree(string parent, string name)
    {
        for (int number = 1; ; number++)
        {
            string path = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
            if (!Path.Exists(path))
            {
                return path;
            }
        }
    }

    /// <summary>Makes the folder and writes the options and the net to be tuned.</summary>
    /// <param name="path">A folder that holds no run yet.</param>
    /// <param name="options">Everything that the run depends on.</param>
    /// <param name="noteRnn">The net to be tuned.</param>
    /// <param name="windowsKept">Of how many windows the nets are kept, the newest; null for all. The net that was tuned from always is.</param>
    /// <exception cref="IOException">The folder holds a run, or cannot be written.</exception>
    public static RunFolder Create(string path, RunOptions options, NoteRnnModel noteRnn, int? windowsKept = null)
    {
        if (Exists(path))
        {
            throw new IOException($"{path}: expected a new folder, found an earlier run. Choose another --output-dir or remove it.");
        }

        RunFolder folder = new(path, windowsKept);
        OutputFolder.Make(path);
        Directory.CreateDirectory(folder.Melodies);
        Directory.CreateDirectory(folder.Checkpoints);
        AtomicFile.RemoveLeftovers(path);
        AtomicFile.RemoveLeftovers(folder.Checkpoints);
        NoteRnnFile.Save(noteRnn, folder.CheckpointPath(0));
        File.WriteAllText(folder.ProgressPath, "");
        AtomicFile.Write(Path.Combine(folder.FullPath, OptionsName), options.Write);
        return folder;
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="windowsKept">As for <see cref="Create"/>.</param>
    /// <exception cref="NoteRnnFormatException">It is none.</exception>
    public static RunFolder Open(string path, int? windowsKept = null) =>
        Exists(path) ? new RunFolder(path, windowsKept) : throw new NoteRnnFormatException($"{path}: expected the folder of a run (with {OptionsName}), found none");

    /// <summary>The options that the run was started with.</summary>
    /// <exception cref="NoteRnnFormatException">The file is damaged.</exception>
    public RunOptions ReadOptions() => RunOptions.Read(Path.Combine(FullPath, OptionsName));

    /// <summary>The file of the net at a step.</summary>
    public string CheckpointPath(long step) =>
        Path.Combine(Checkpoints, string.Create(CultureInfo.InvariantCulture, $"step-{step:D9}{NoteRnnFile.Extension}"));

    /// <summary>The file of the net with the most steps.</summary>
    /// <exception cref="NoteRnnFormatException">There is none.</exception>
    public string LastCheckpointPath() =>
        (Directory.Exists(Checkpoints) ? Directory.GetFiles(Checkpoints, "step-*" + NoteRnnFile.Extension) : [])
            .Max(StringComparer.Ordinal)
        ?? throw new NoteRnnFormatException($"{FullPath}: expected checkpoints/step-*{NoteRnnFile.Extension}, found none");

    /// <summary>
    /// Saves the whole state where that takes no more than a fiftieth of the time since the last one, or the run ends. So little is lost
    /// when it is killed, and little time spent.
    /// </summary>
    public void WindowEnding(Tuner tuner, bool last)
    {
        ArgumentNullException.ThrowIfNull(tuner);
        if (!last && _sinceSaved is { } since && since.Elapsed < ShareOfTime * _saving)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(States);
        tuner.SaveState(StatePath(tuner.Step), ProgressNote(new FileInfo(ProgressPath).Length)!);
        foreach (string old in NewestStates().Skip(2))
        {
            File.Delete(old);
        }

        _saving = Stopwatch.GetElapsedTime(start);
        _sinceSaved = Stopwatch.StartNew();
    }

    /// <summary>
    /// Goes on where the run stood when its state was last saved, or the time before if that file is damaged; what the folder holds of later is
    /// taken back. Starts from the beginning where no state was saved yet.
    /// </summary>
    /// <param name="create">Makes a tuner that has not begun.</param>
    /// <param name="warn">Hears which files are passed over, and why.</param>
    /// <exception cref="NoteRnnFormatException">There are states, but none can be used.</exception>
    public Tuner Resume(Func<Tuner> create, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(warn);
        string? problem = null;
        foreach (string path in NewestStates())
        {
            Tuner tuner = create();
            try
            {
                string note = tuner.RestoreState(path);
                if (!long.TryParse(note.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long length) || ProgressNote(length) != note)
                {
                    throw new InvalidDataException($"{ProgressPath}: expected what stood there when {Path.GetFileName(path)} was saved, found something else");
                }

                TakeBack(length, path);
                WarnOfDamagedNets(warn);
                return tuner;
            }
            catch (InvalidDataException error)
            {
                problem = error.Message;
                warn($"{error.Message}; trying the state before it");
            }
        }

        if (problem is not null)
        {
            throw new NoteRnnFormatException($"{problem}; no state of the run is left to go on from. Start it again in a new folder.");
        }

        TakeBack(0, null);
        return create();
    }

    /// <summary>Notes that the run goes on for another number of steps.</summary>
    /// <param name="options">The options as they are now.</param>
    public void ChangeOptions(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AtomicFile.Write(Path.Combine(FullPath, OptionsName), options.Write);
    }

    /// <summary>Appends a line of progress and saves the net.</summary>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(window);
        NoteRnnFile.Save(net, CheckpointPath(window.Step));
        AtomicFile.Append(ProgressPath, file => file.Write(Encoding.UTF8.GetBytes(ProgressLine.Of(window).ToJsonString() + "\n")));
        if (_windowsKept is int kept)
        {
            foreach (string old in Newest(Checkpoints, "step-*" + NoteRnnFile.Extension).Skip(kept).Except(Spared.Append(0).Select(CheckpointPath)))
            {
                File.Delete(old);
            }
        }
    }

    /// <summary>Writes <c>metrics.json</c>.</summary>
    public void WriteMetrics(JsonObject metrics) =>
        AtomicFile.Write(Path.Combine(FullPath, MetricsName), file => JsonSerializer.Serialize(file, metrics, Indented));

    private static IEnumerable<string> Newest(string folder, string pattern) =>
        (Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : []).OrderDescending(StringComparer.Ordinal);

    private IEnumerable<string> NewestStates() => Newest(States, "step-*.state");

    private string StatePath(long step) => Path.Combine(States, string.Create(CultureInfo.InvariantCulture, $"step-{step:D9}.state"));

    /// <summary>How long the progress file was, and the checksum of that much of it; nothing where it is shorter.</summary>
    private string? ProgressNote(long length)
    {
        byte[] bytes = File.ReadAllBytes(ProgressPath);
        return length > bytes.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{length} {Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, (int)length)))}");
    }

    /// <summary>Nets of earlier windows are not needed to go on, but somebody will want them.</summary>
    private void WarnOfDamagedNets(Action<string> warn)
    {
        foreach (string path in Newest(Checkpoints, "step-*" + NoteRnnFile.Extension))
        {
            try
            {
                NoteRnnFile.Load(path);
            }
            catch (NoteRnnFormatException error)
            {
                warn(error.Message);
            }
        }
    }

    /// <summary>Forgets what came after a state: lines of progress, nets, states, and what was being written when the run was killed.</summary>
    private void TakeBack(long progressLength, string? state)
    {
        foreach (string folder in Directory.GetDirectories(FullPath).Append(FullPath))
        {
            AtomicFile.RemoveLeftovers(folder);
        }

        using (FileStream progress = new(ProgressPath, FileMode.Open))
        {
            progress.SetLength(progressLength);
        }

        HashSet<string> steps = [.. File.ReadLines(ProgressPath).Select(line => CheckpointPath(JsonNode.Parse(line)!["step"]!.GetValue<long>())), CheckpointPath(0)];
        IEnumerable<string> later = Newest(Checkpoints, "*").Where(path => !steps.Contains(path))
            .Concat(Newest(States, "*").Where(path => state is null || string.CompareOrdinal(path, state) > 0));
        foreach (string path in later.ToList())
        {
            File.Delete(path);
        }
    }

    /// <summary>SHA-256 of all weights, in lower-case hex: tells nets apart whatever file they came from.</summary>
    public static string HashOf(NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(net.Weights.Values.AsSpan())));
    }
}
