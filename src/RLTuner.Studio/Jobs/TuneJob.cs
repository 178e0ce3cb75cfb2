using System.Text.Json.Nodes;
using RLTuner.Learning.PolicyGradient;
using RLTuner.NoteRnn;
using RLTuner.Reports.Tracking;
using RLTuner.Runs;
using RLTuner.Settings;
using RLTuner.Tuning;

namespace RLTuner.Studio.Jobs;

/// <summary>A run: what <c>rltuner tune --resume</c> would do, in an ordinary run folder.</summary>
internal sealed class TuneJob : Job, ITuningListener
{
    private TuningWindow? _last;

    /// <param name="record">How it stood when it was kept.</param>
    /// <param name="path">The run's folder, which is begun.</param>
    /// <exception cref="NoteRnnFormatException">It is no run, or its options are damaged.</exception>
    public TuneJob(JobRecord record, string path)
        : this(record, RunFolder.Open(path))
    {
    }

    private TuneJob(JobRecord record, RunFolder folder)
        : this(record, folder, folder.ReadPlan(), LastOf(folder))
    {
    }

    private TuneJob(JobRecord record, RunFolder folder, RunPlan plan, TuningWindow? last)
        : base(record) => (Folder, Plan, _last) = (folder, plan, last);

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>What the run was asked.</summary>
    public RunPlan Plan { get; private set; }

    /// <summary>A run that lies in its folder, as far as the folder says how it stands.</summary>
    /// <exception cref="NoteRnnFormatException">It is no run, or its options are damaged.</exception>
    public static TuneJob Found(string path, string id, string title)
    {
        RunFolder folder = RunFolder.Open(path);
        RunPlan plan = folder.ReadPlan();
        TuningWindow? last = LastOf(folder);
        long step = last?.Step ?? 0;
        JobRecord record = new(id, JobRecord.Tune, title, Directory.GetLastWriteTimeUtc(path), step >= plan.TrainingSteps ? JobStatus.Done : JobStatus.Paused)
        {
            Step = step,
            Steps = plan.TrainingSteps,
        };
        return new TuneJob(record, folder, plan, last);
    }

    public override bool Run(int threads, CancellationToken stop)
    {
        RunEnvironment environment = EnvironmentOf(threads);
        using RunSession session = RunSession.Resume(Folder.GivenPath, null, environment);
        RunResult result = session.Run(new TuningListeners(RunTracking.Of(session, environment.Warn), this), stop);
        Reached(result.Step);
        RunTracking.Finish(session.Folder, draws: true);
        return !result.IsStopped;
    }

    public override void Extend(long steps)
    {
        using RunSession session = RunSession.Resume(Folder.GivenPath, steps, EnvironmentOf(1));
        Plan = session.Plan;
    }

    public override void Delete() => Directory.Delete(Folder.FullPath, recursive: true);

    public void Progressed(long step) => Reached(step);

    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        _last = window;
        Reached(window.Step);
        Tell(RunProgress.ToJson(window));
    }

    public override IReadOnlyList<JsonObject> Windows() => [.. Shown(Folder.ReadProgress()).Select(RunProgress.ToJson)];

    public override RunSummary Summary() => new(
        Id, Record.Title, Record.Kind, Status, Step, Record.Steps, Speed, SecondsLeft, Record.Error, Record.Created)
    {
        Algorithm = Plan.Learner.Algorithm,
        RuleSet = Setting.Hyphenated(Plan.Theory.RuleSet.ToString()),
        Key = Plan.Theory.Key,
        TimeSignature = Plan.Theory.TimeSignature,
        Length = Plan.NumNotesInMelody,
        TargetKl = Plan.Learner is PgOptions { KlWeight: null } pg ? pg.TargetFor(Plan.NumNotesInMelody) : null,
        Net = Plan.NoteRnn.Source,
        Last = _last is not { } window ? null : new LastFigures(
            window.Evaluation.Total, window.Evaluation.Theory, window.Evaluation.NoteRnn, window.Policy.Divergence, window.Policy.Entropy, window.Policy.Distinct),
    };

    private static TuningWindow? LastOf(RunFolder folder) => folder.ReadProgress() is [.., var last] ? last : null;

    private RunEnvironment EnvironmentOf(int threads) => new() { Threads = threads, Warn = text => Console.Error.WriteLine($"rltuner: {Id}: {text}") };
}
