using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Files;
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

    private readonly int? _windowsKept;
    private readonly RunStates _states;

    private RunFolder(string path, int? windowsKept)
    {
        FullPath = Path.GetFullPath(path);
        _windowsKept = windowsKept;
        _states = new RunStates(Path.Combine(FullPath, "state"), ProgressPath);
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>A line a window.</summary>
    public string ProgressPath => Path.Combine(FullPath, ProgressName);

    /// <summary>Where composed melodies go.</summary>
    public string Melodies => Path.Combine(FullPath, "melodies");

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
        Nets().FirstOrDefault() ?? throw new NoteRnnFormatException($"{FullPath}: expected checkpoints/step-*{NoteRnnFile.Extension}, found none");

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
        (Tuner tuner, long progressLength) = _states.Restore(create, warn);
        TakeBack(progressLength);
        WarnOfDamagedNets(warn);
        return tuner;
    }

    /// <summary>Notes that the run goes on for another number of steps.</summary>
    /// <param name="options">The options as they are now.</param>
    public void ChangeOptions(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AtomicFile.Write(Path.Combine(FullPath, OptionsName), options.Write);
    }

    /// <summary>Saves the whole state, if it is time.</summary>
    public void WindowEnding(Tuner tuner, bool last)
    {
        ArgumentNullException.ThrowIfNull(tuner);
        _states.Save(tuner, last);
    }

    /// <summary>Appends a line of progress and saves the net.</summary>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(window);
        NoteRnnFile.Save(net, CheckpointPath(window.Step));
        AtomicFile.Append(ProgressPath, file => file.Write(Encoding.UTF8.GetBytes(ProgressLine.Of(window).ToJsonString() + "\n")));
        if (_windowsKept is int kept)
        {
            foreach (string old in Nets().Skip(kept).Except(Spared.Append(0).Select(CheckpointPath)))
            {
                File.Delete(old);
            }
        }
    }

    /// <summary>Writes <c>metrics.json</c>.</summary>
    public void WriteMetrics(JsonObject metrics) =>
        AtomicFile.Write(Path.Combine(FullPath, MetricsName), file => JsonSerializer.Serialize(file, metrics, Indented));

    /// <summary>SHA-256 of all weights, in lower-case hex: tells nets apart whatever file they came from.</summary>
    public static string HashOf(NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(net.Weights.Values.AsSpan())));
    }

    /// <summary>The nets of windows, the newest first.</summary>
    private IEnumerable<string> Nets() => (Directory.Exists(Checkpoints) ? Directory.GetFiles(Checkpoints, "step-*" + NoteRnnFile.Extension) : [])
        .OrderDescending(StringComparer.Ordinal);

    /// <summary>Nets of earlier windows are not needed to go on, but somebody will want them.</summary>
    private void WarnOfDamagedNets(Action<string> warn)
    {
        foreach (string path in Nets())
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

    /// <summary>Forgets what came after a state: lines of progress, nets, and what was being written when the run was killed.</summary>
    private void TakeBack(long progressLength)
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
        foreach (string path in Nets().Where(path => !steps.Contains(path)).ToList())
        {
            File.Delete(path);
        }
    }
}
