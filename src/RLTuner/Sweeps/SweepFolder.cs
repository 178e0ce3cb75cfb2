using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary>
/// The folder of a sweep: <c>runs.jsonl</c>, a run a line; <c>nets/</c> and
/// <c>primers/</c>, what they start from; <c>runs/NAME/</c>, the folder of each; <c>outcomes/NAME.json</c>, how
/// each ended; <c>halving/NAME.json</c>, what it scored where it paused. It needs nothing outside of it, so that it can be moved to where it is to run.
/// </summary>
public sealed class SweepFolder
{
    private const string RunsName = "runs.jsonl";

    private readonly string _path;

    private SweepFolder(string path, ImmutableArray<PlannedRun> runs) => (_path, Runs) = (path, runs);

    /// <summary>The runs, each at the place that it keeps: an index into this list names a run.</summary>
    public ImmutableArray<PlannedRun> Runs { get; }

    /// <summary>The folder as it was named.</summary>
    public string GivenPath => _path;

    /// <summary>Makes a plan into the folder of a sweep, or adds its runs to one; all of it is checked before anything is written.</summary>
    /// <param name="plan">The plan, a file that docs/sweeps.md describes.</param>
    /// <param name="path">The folder.</param>
    /// <param name="netOf">Gives a net by its name or path.</param>
    /// <param name="environment">Reads files of melodies; null for those that the library reads by itself.</param>
    /// <exception cref="SweepFormatException">
    /// The plan says something that cannot be, or leaves out or changes a run that the folder has; the message says where.
    /// </exception>
    /// <exception cref="IOException">The plan or a file of melodies cannot be read, or the folder not be written.</exception>
    public static SweepFolder Plan(string plan, string path, Func<string, NoteRnnModel> netOf, RunEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(netOf);
        SweepPlan asked = SweepPlanFile.Read(plan);
        ClusterFiles.Check(asked, plan);
        SweepFolder sweep = Write(path, SweepExpansion.Expand(asked, plan, netOf, environment ?? new RunEnvironment()));
        ClusterFiles.Write(path, asked, sweep.Runs.Length);
        return sweep;
    }

    /// <summary>Writes a new sweep, or adds runs to one, after those that it has: an index names the same run as before.</summary>
    private static SweepFolder Write(string path, PlannedRuns planned)
    {
        string file = Path.Combine(path, RunsName);
        ImmutableArray<PlannedRun> before = File.Exists(file) ? RunLines.Read(file) : [];
        Dictionary<string, PlannedRun> wanted = planned.Runs.ToDictionary(run => run.Name);
        foreach (PlannedRun run in before)
        {
            if (!wanted.Remove(run.Name, out PlannedRun? same) || Bare(same.Plan) != Bare(run.Plan))
            {
                throw new SweepFormatException(
                    $"{path}: expected all runs of before among the new ones, found {run.Name} {(same is null ? "gone" : "with other numbers")} (a sweep only grows; choose another folder)");
            }
        }

        SweepFolder sweep = new(path, [.. before, .. planned.Runs.Where(run => wanted.ContainsKey(run.Name))]);
        OutputFolder.Make(Path.Combine(path, "nets"));
        foreach ((string hash, NoteRnnModel net) in planned.Nets)
        {
            NoteRnnFile.Save(net, sweep.NetPath(hash));
        }

        foreach (PlannedRun run in planned.Runs)
        {
            if (run.Plan.Beginning.Primer is { } primer && sweep.PrimerPath(run.Plan.Beginning) is { } copy && !File.Exists(copy))
            {
                OutputFolder.MakeFor(copy);
                AtomicFile.Write(copy, stream => stream.Write(RegularFile.ReadAllBytes(primer)));
            }
        }

        RunLines.Write(file, sweep.Runs);
        return sweep;
    }

    /// <summary>Opens the folder of a sweep.</summary>
    /// <exception cref="SweepFormatException">It is none, or its list of runs is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SweepFolder Open(string path)
    {
        string file = Path.Combine(path, RunsName);
        return File.Exists(file)
            ? new SweepFolder(path, RunLines.Read(file))
            : throw new SweepFormatException($"{path}: expected the folder of a sweep (with {RunsName}), found none (make one by 'rltuner sweep plan')");
    }

    /// <summary>The folder of a run, whether or not it is there.</summary>
    public string RunPath(PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Path.Combine(_path, "runs", run.Name);
    }

    /// <summary>How a run ended; null where it has not.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SweepOutcome? Outcome(PlannedRun run)
    {
        string path = OutcomePath(run);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), SweepFolderJson.Default.SweepOutcome) : null;
        }
        catch (JsonException)
        {
            // The run's own folder knows how far it is.
            return null;
        }
    }

    /// <summary>Whether a run ended, and not by an error.</summary>
    /// <exception cref="IOException">How it ended cannot be read.</exception>
    public bool IsDone(PlannedRun run) => Outcome(run) is { Problem: null };

    /// <summary>What a run scored where it paused, the earliest first.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal ImmutableArray<RunScore> Scores(PlannedRun run)
    {
        string path = ScoresPath(run);
        try
        {
            return File.Exists(path) ? [.. JsonSerializer.Deserialize(File.ReadAllBytes(path), SweepFolderJson.Default.RunScoreArray) ?? []] : [];
        }
        catch (JsonException)
        {
            // It is measured again.
            return [];
        }
    }

    /// <summary>Keeps what a run scored.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void AddScore(PlannedRun run, RunScore score)
    {
        RunScore[] scores = [.. Scores(run).Where(other => other.Share != score.Share).Append(score).OrderBy(each => each.Share)];
        OutputFolder.MakeFor(ScoresPath(run));
        AtomicFile.Write(ScoresPath(run), file => JsonSerializer.Serialize(file, scores, SweepFolderJson.Default.RunScoreArray));
    }

    /// <summary>Keeps how a run ended.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void SetOutcome(PlannedRun run, SweepOutcome outcome)
    {
        string path = OutcomePath(run);
        OutputFolder.MakeFor(path);
        AtomicFile.Write(path, file => JsonSerializer.Serialize(file, outcome, SweepFolderJson.Default.SweepOutcome));
    }

    /// <summary>The net that a run starts from.</summary>
    /// <exception cref="NoteRnnFormatException">It is damaged, or another.</exception>
    internal NoteRnnModel NetOf(PlannedRun run)
    {
        string path = NetPath(run.Plan.NoteRnn.Sha256);
        NoteRnnModel net = NoteRnnFile.Load(path);
        return RunPlan.HashOf(net) == run.Plan.NoteRnn.Sha256
            ? net
            : throw new NoteRnnFormatException($"{path}: expected the net that the sweep was planned with, found another (plan it again)");
    }

    /// <summary>What a run is made with: its primers are the copies that were kept when it was planned.</summary>
    internal RunEnvironment For(PlannedRun run, RunEnvironment environment) => environment with
    {
        Locate = path => PrimerPath(run.Plan.Beginning) ?? path,
    };

    /// <summary>Where the copy of a file of primers lies, under its own name, as readers go by its ending.</summary>
    private string? PrimerPath(BeginningPlan beginning) =>
        beginning is { Primer: { } file, PrimerSha256: { } hash } ? Path.Combine(_path, "primers", hash, Path.GetFileName(file)) : null;

    private string NetPath(string hash) => Path.Combine(_path, "nets", hash + NoteRnnFile.Extension);

    private string ScoresPath(PlannedRun run) => Path.Combine(_path, "halving", run.Name + ".json");

    private string OutcomePath(PlannedRun run) => Path.Combine(_path, "outcomes", run.Name + ".json");

    /// <summary>What a run depends on, but for what does not change it, as one hash.</summary>
    private static string Bare(RunPlan plan) => RunLines.HashOf(plan with
    {
        Version = "",
        NoteRnn = plan.NoteRnn with { Source = "" },
        Beginning = plan.Beginning with { Primer = null },
    });
}
