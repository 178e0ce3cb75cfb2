using System.Globalization;
using System.Security.Cryptography;
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

    private RunFolder(string path) => FullPath = Path.GetFullPath(path);

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>Where composed melodies go.</summary>
    public string Melodies => Path.Combine(FullPath, "melodies");

    /// <summary>Where nets go.</summary>
    public string Checkpoints => Path.Combine(FullPath, "checkpoints");

    /// <summary>The best net so far, where the run keeps it.</summary>
    public string Best => Path.Combine(FullPath, "best" + NoteRnnFile.Extension);

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
    /// <exception cref="IOException">The folder holds a run, or cannot be written.</exception>
    public static RunFolder Create(string path, RunOptions options, NoteRnnModel noteRnn)
    {
        if (Exists(path))
        {
            throw new IOException($"{path}: expected a new folder, found an earlier run. Choose another --output-dir or remove it.");
        }

        RunFolder folder = new(path);
        OutputFolder.Make(path);
        Directory.CreateDirectory(folder.Melodies);
        Directory.CreateDirectory(folder.Checkpoints);
        NoteRnnFile.Save(noteRnn, folder.CheckpointPath(0));
        File.WriteAllText(Path.Combine(folder.FullPath, ProgressName), "");
        AtomicFile.Write(Path.Combine(folder.FullPath, OptionsName), options.Write);
        return folder;
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <exception cref="NoteRnnFormatException">It is none.</exception>
    public static RunFolder Open(string path) =>
        Exists(path) ? new RunFolder(path) : throw new NoteRnnFormatException($"{path}: expected the folder of a run (with {OptionsName}), found none");

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

    /// <summary>Appends a line of progress and saves the net.</summary>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(window);
        NoteRnnFile.Save(net, CheckpointPath(window.Step));
        File.AppendAllText(Path.Combine(FullPath, ProgressName), ProgressLine.Of(window).ToJsonString() + "\n");
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
}
