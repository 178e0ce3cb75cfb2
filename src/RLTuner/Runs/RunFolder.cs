using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>
/// The folder of a run: <c>options.json</c>, <c>progress.jsonl</c>, <c>metrics.json</c>, <c>checkpoints/step-NNNNNNNNN.safetensors</c> (step 0 is the
/// net that was tuned from, the last one the finished net), <c>melodies/</c> and <c>state/</c>. docs/file-formats.md defines each file.
/// </summary>
public sealed class RunFolder
{
    private const string OptionsName = "options.json";

    private readonly RunPlanFile _plans;

    private RunFolder(string path, ImmutableArray<LearnerKind> learners)
    {
        GivenPath = path;
        FullPath = Path.GetFullPath(path);
        Learners = learners;
        _plans = new RunPlanFile(learners);
    }

    /// <summary>The folder as it was named.</summary>
    public string GivenPath { get; }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The kinds of learners that may have made it.</summary>
    public ImmutableArray<LearnerKind> Learners { get; }

    /// <summary>A line a window.</summary>
    public string ProgressPath => Path.Combine(FullPath, "progress.jsonl");

    /// <summary>The figures of both nets.</summary>
    public string MetricsPath => Path.Combine(FullPath, "metrics.json");

    /// <summary>Where composed melodies go.</summary>
    public string Melodies => Path.Combine(FullPath, "melodies");

    /// <summary>What the nets expected in one melody.</summary>
    public string ProbabilitiesPath => Path.Combine(Melodies, "probabilities.json");

    /// <summary>Where nets go.</summary>
    public string Checkpoints => Path.Combine(FullPath, "checkpoints");

    /// <summary>The best net so far, where the run keeps it.</summary>
    public string Best => Path.Combine(FullPath, "best" + NoteRnnFile.Extension);

    /// <summary>Where the whole state goes.</summary>
    internal string States => Path.Combine(FullPath, "state");

    /// <summary>Whether a path is the folder of a run.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, OptionsName));

    /// <summary>Opens the folder of an earlier run, to read.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="learners">The kinds of learners that may have made it; by default those of the library.</param>
    /// <exception cref="NoteRnnFormatException">It is none.</exception>
    public static RunFolder Open(string path, ImmutableArray<LearnerKind> learners = default) => Exists(path)
        ? new RunFolder(path, learners.IsDefault ? Runs.Learners.All : learners)
        : throw new NoteRnnFormatException($"{path}: expected the folder of a run (with {OptionsName}), found none (check the path)");

    /// <summary>The plan of the run.</summary>
    /// <exception cref="NoteRnnFormatException">The file is damaged.</exception>
    public RunPlan ReadPlan() => _plans.Read(Path.Combine(FullPath, OptionsName));

    /// <summary>The windows so far, by step; lines that cannot be read are left out.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<TuningWindow> ReadProgress() => RecordFile.Progress(ProgressPath, new Remarks());

    /// <summary>The figures of both nets; null where there are none yet, or they are damaged.</summary>
    /// <param name="plan">The run's plan, where it is known already.</param>
    /// <exception cref="NoteRnnFormatException">The options are damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public RunMetrics? ReadMetrics(RunPlan? plan = null)
    {
        const string Name = "metrics.json";
        Remarks remarks = new();
        RuleSetName rules = (plan ?? ReadPlan()).Theory.RuleSet;
        using JsonDocument? json = RecordFile.Json(MetricsPath, Name, remarks);
        return json is null ? null : RecordFile.Part(Name, json.RootElement, root => RunMetrics.FromJson(root, rules), remarks);
    }

    /// <summary>The file of the net at a step.</summary>
    public string CheckpointPath(long step) =>
        Path.Combine(Checkpoints, string.Create(CultureInfo.InvariantCulture, $"step-{step:D9}{NoteRnnFile.Extension}"));

    /// <summary>The steps at which nets are kept, in order; 0 is the net that was tuned from.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public ImmutableArray<long> NetSteps() =>
    [
        .. Nets().Reverse()
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path)["step-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : -1)
            .Where(step => step >= 0),
    ];

    /// <summary>The file of the net with the most steps.</summary>
    /// <exception cref="NoteRnnFormatException">There is none.</exception>
    public string LastCheckpointPath() =>
        Nets().FirstOrDefault() ?? throw new NoteRnnFormatException($"{FullPath}: expected checkpoints/step-*{NoteRnnFile.Extension}, found none (name a net by its own path)");

    /// <summary>Takes the first of <c>parent/name-1</c>, <c>parent/name-2</c>, … that nobody has, for this process alone.</summary>
    internal static (RunFolder Folder, RunLock Lock) TakeNext(string parent, string name, ImmutableArray<LearnerKind> learners)
    {
        for (int number = 1; ; number++)
        {
            string path = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
            if (!Path.Exists(path))
            {
                OutputFolder.Make(path);
                if (RunLock.TryTake(path) is { } taken)
                {
                    if (!Exists(path))
                    {
                        return (new RunFolder(path, learners), taken);
                    }

                    taken.Dispose();
                }
            }
        }
    }

    /// <summary>Takes a folder that holds no run yet, for this process alone.</summary>
    /// <exception cref="IOException">The folder holds a run, another process has it, or it cannot be written.</exception>
    internal static (RunFolder Folder, RunLock Lock) TakeNew(string path, ImmutableArray<LearnerKind> learners)
    {
        if (!Exists(path))
        {
            OutputFolder.Make(path);
            if (RunLock.TryTake(path) is { } taken)
            {
                if (!Exists(path))
                {
                    return (new RunFolder(path, learners), taken);
                }

                taken.Dispose();
            }
        }

        throw Exists(path)
            ? new IOException($"{path}: expected a new folder, found an earlier run (choose another, or remove it)")
            : new RunInUseException($"{path}: expected a new folder, found one that another process writes to (choose another)");
    }

    /// <summary>Takes the folder of an earlier run, for this process alone.</summary>
    /// <exception cref="IOException">Another process has it, or a part of it lies elsewhere.</exception>
    internal RunLock Take() => new[] { Checkpoints, Melodies, States }.FirstOrDefault(folder => new DirectoryInfo(folder).LinkTarget is not null) is { } link
        ? throw new IOException($"{link}: expected a folder of the run, found a link to {new DirectoryInfo(link).LinkTarget} (what lies outside the run is not touched; copy it here)")
        : RunLock.TryTake(FullPath) ?? throw new RunInUseException($"{GivenPath}: expected a run that nobody writes to, found another process at work on it (wait for it, or stop it)");

    /// <summary>Writes what a run begins with.</summary>
    internal void Begin(RunPlan plan, NoteRnnModel noteRnn)
    {
        OutputFolder.Make(Melodies);
        OutputFolder.Make(Checkpoints);
        AtomicFile.RemoveLeftovers(FullPath);
        AtomicFile.RemoveLeftovers(Checkpoints);
        NoteRnnFile.Save(noteRnn, CheckpointPath(0));
        File.WriteAllText(ProgressPath, "");
        WritePlan(plan);
    }

    /// <summary>Writes the plan; an older one is replaced.</summary>
    internal void WritePlan(RunPlan plan) => _plans.Write(plan, Path.Combine(FullPath, OptionsName));

    /// <summary>The nets of windows, the newest first.</summary>
    internal IEnumerable<string> Nets() => (Directory.Exists(Checkpoints) ? Directory.GetFiles(Checkpoints, "step-*" + NoteRnnFile.Extension) : [])
        .OrderDescending(StringComparer.Ordinal);

    /// <summary>Forgets all that came after the beginning. States go first: a run whose states are gone is not gone on with by mistake.</summary>
    internal void Clear()
    {
        string[] states = Directory.Exists(States) ? Directory.GetFiles(States, "step-*.state") : [];
        foreach (string path in states.Concat(Nets().Where(net => net != CheckpointPath(0)).ToList()).Append(Best))
        {
            File.Delete(path);
        }
    }

    /// <summary>Forgets what came after a state: lines of progress, nets, and what was being written when the run was killed.</summary>
    /// <param name="progressLength">How long the file of progress was.</param>
    internal void TakeBack(long progressLength)
    {
        foreach (string folder in Directory.GetDirectories(FullPath).Append(FullPath))
        {
            AtomicFile.RemoveLeftovers(folder);
        }

        using (FileStream progress = new(ProgressPath, FileMode.Open))
        {
            progress.SetLength(progressLength);
        }

        HashSet<string> steps = [.. File.ReadLines(ProgressPath).Select(line => CheckpointPath(RunProgress.Parse(line).Step)), CheckpointPath(0)];
        foreach (string path in Nets().Where(path => !steps.Contains(path)).ToList())
        {
            File.Delete(path);
        }
    }
}
