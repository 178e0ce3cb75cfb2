using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>A run in its folder, from start or resume to the last figure, without a console: what the command, a page, a sweep and a program call.</summary>
public sealed class RunSession : IDisposable
{
    private const int MelodiesKept = 10;

    private readonly RunEnvironment _environment;
    private readonly RunLock _lock;
    private readonly RunStates _states;
    private readonly IPrimer _primer;
    private readonly Tuner _tuner;

    private RunSession(RunPlan plan, NoteRnnModel noteRnn, RunEnvironment environment, Func<(RunFolder Folder, RunLock Lock)> take, bool goesOn)
    {
        (Plan, NoteRnn, _environment) = (plan, noteRnn, environment);
        Theory = plan.Theory.ToTheory();
        _primer = Beginnings.Primer(plan.Beginning, noteRnn, Theory, plan.Quirks, environment);

        // Before a folder is made: a run that is refused leaves none.
        Tuner? fresh = goesOn ? null : NewTuner();
        (Folder, _lock) = take();
        try
        {
            _states = new RunStates(Folder.States, Folder.ProgressPath);
            if (fresh is not null)
            {
                _tuner = fresh;
                Folder.Begin(plan, noteRnn);
                return;
            }

            (_tuner, long progressLength) = _states.Restore(NewTuner, environment.Warn);
            Folder.TakeBack(progressLength);
            WarnOfDamagedNets();
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Where everything is kept.</summary>
    public RunFolder Folder { get; }

    /// <summary>All that the run depends on.</summary>
    public RunPlan Plan { get; private set; }

    /// <summary>The net that is tuned; it stays as it is.</summary>
    public NoteRnnModel NoteRnn { get; }

    /// <summary>Which rules judge.</summary>
    public Theory Theory { get; }

    /// <summary>Notes played so far.</summary>
    public long Step => _tuner.Step;

    /// <summary>Starts a run in a folder of its own.</summary>
    /// <param name="plan">All that it depends on.</param>
    /// <param name="noteRnn">The net to tune.</param>
    /// <param name="path">The folder; null for the next free one below <c>runs/</c>, named for the algorithm.</param>
    /// <param name="environment">Threads, warnings, readers.</param>
    /// <exception cref="ArgumentException">The plan has a number outside its range, or the learner cannot tune such a net.</exception>
    /// <exception cref="IOException">The folder holds a run, another process has it, or it cannot be written.</exception>
    public static RunSession Start(RunPlan plan, NoteRnnModel noteRnn, string? path, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(noteRnn);
        ArgumentNullException.ThrowIfNull(environment);
        plan = plan.Validated();
        return new RunSession(
            plan,
            noteRnn,
            environment,
            () => path is null ? RunFolder.TakeNext("runs", plan.Learner.Algorithm, environment.Learners) : RunFolder.TakeNew(path, environment.Learners),
            goesOn: false);
    }

    /// <summary>Goes on with a run where it stood when its state was last saved; what the folder holds of later is taken back.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="trainingSteps">Notes to play in all; null for as many as before.</param>
    /// <param name="environment">Threads, warnings, readers; need not be as before.</param>
    /// <exception cref="ArgumentException">Fewer steps are asked for than before.</exception>
    /// <exception cref="NoteRnnFormatException">It is no run, or its plan, net or states are damaged.</exception>
    /// <exception cref="IOException">Another process writes to the run, or it cannot be read.</exception>
    public static RunSession Resume(string path, long? trainingSteps, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        RunFolder folder = RunFolder.Open(path, environment.Learners);
        RunLock taken = folder.Take();
        return Holding(taken, () =>
        {
            RunPlan before = folder.ReadPlan();
            if (trainingSteps < before.TrainingSteps)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"training-steps: expected at least the {before.TrainingSteps} of the run so far, found {trainingSteps}. A run cannot be shortened; its checkpoints can be used."));
            }

            NoteRnnModel noteRnn = NetOf(folder, before);
            RunPlan plan = (before with { TrainingSteps = trainingSteps ?? before.TrainingSteps }).Validated();
            RunSession session = new(plan, noteRnn, environment, () => (folder, taken), goesOn: true);
            if (plan.TrainingSteps != before.TrainingSteps)
            {
                session.Plan = plan with { Resumed = [.. plan.Resumed, new ResumedRun(session.Step, plan.TrainingSteps)] };
                folder.WritePlan(session.Plan);
            }

            return session;
        });
    }

    /// <summary>
    /// Begins a run anew, in its folder and by its plan: its windows, nets and states are forgotten. The way back for a run whose states are lost.
    /// </summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="environment">Threads, warnings, readers; need not be as before.</param>
    /// <exception cref="NoteRnnFormatException">It is no run, or its plan or the net that it began with is damaged.</exception>
    /// <exception cref="IOException">Another process writes to the run, or it cannot be read or written.</exception>
    public static RunSession Restart(string path, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        RunFolder folder = RunFolder.Open(path, environment.Learners);
        RunLock taken = folder.Take();
        return Holding(taken, () => new RunSession(
            folder.ReadPlan() with { Resumed = [] },
            NetOf(folder, folder.ReadPlan()),
            environment,
            () =>
            {
                folder.Clear();
                return (folder, taken);
            },
            goesOn: false));
    }

    /// <summary>Checks that a run could be started, without a folder.</summary>
    /// <exception cref="ArgumentException">The plan has a number outside its range, or the net cannot be tuned so.</exception>
    internal static void Check(RunPlan plan, NoteRnnModel noteRnn, RunEnvironment environment) => TaskOf(plan.Validated(), noteRnn, environment).Validated();

    /// <summary>The loop of a run without its folder, to see how fast it is.</summary>
    internal static Tuner Trial(RunPlan plan, NoteRnnModel noteRnn, RunEnvironment environment) =>
        new(TaskOf(plan, noteRnn, environment), plan.Learner, plan.Windows, plan.TrainingSteps);

    private static LearningTask TaskOf(RunPlan plan, NoteRnnModel noteRnn, RunEnvironment environment)
    {
        Theory theory = plan.Theory.ToTheory();
        return TaskOf(plan, noteRnn, theory, Beginnings.Primer(plan.Beginning, noteRnn, theory, plan.Quirks, environment), threads: 1);
    }

    /// <summary>Runs to the end, measures both nets, and keeps their melodies and figures.</summary>
    /// <param name="listener">Hears of each window after it is kept.</param>
    /// <param name="stop">Asks to stop; what was learned is kept, measured and reported all the same.</param>
    /// <exception cref="LearningDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="IOException">Something cannot be written.</exception>
    public RunResult Run(ITuningListener? listener = null, CancellationToken stop = default)
    {
        IReadOnlyList<Composition> before = KeepMelodies(NoteRnn, "before");
        NetMetrics untuned = Measure(NoteRnn);
        CollapseWatch collapse = new(GuardsOf(untuned), Plan.EntropyFloor, Plan.DistinctFloor, _environment.Warn);
        RunKeeper keeper = new(Folder, _states, Plan, _environment.WindowsKept, Step == 0 ? [] : Folder.ReadProgress(), collapse);
        _tuner.Run(listener is null ? keeper : new TuningListeners(keeper, listener), stop);
        NoteRnnModel tuned = _tuner.Snapshot();
        IReadOnlyList<Composition> after = KeepMelodies(tuned, "after");
        RunMetrics metrics = new(_environment.MelodiesMeasured, untuned, Measure(tuned))
        {
            Corpus = IsOriginal ? null : Reference.In(Theory.TimeSignature),
        };
        metrics.Write(Folder.MetricsPath);
        KeepProbabilities(tuned, before, after);
        bool isDone = Step >= Plan.TrainingSteps;
        bool endedEarly = !isDone && !stop.IsCancellationRequested;
        return new RunResult(
            Step, before, after, metrics, keeper.Best, keeper.IsFlat && endedEarly ? Plan.StopWhenFlat : null, IsStopped: stop.IsCancellationRequested && !isDone)
        {
            Collapse = collapse.Found,
            EndedByCollapse = keeper.HasCollapsed && endedEarly,
        };
    }

    /// <summary>Runs on a thread of its own and tells what happens. A slow reader misses progress, never a window.</summary>
    /// <param name="stop">Asks to stop; the last events still come.</param>
    public async IAsyncEnumerable<RunEvent> Follow([EnumeratorCancellation] CancellationToken stop = default)
    {
        Channel<RunEvent> events = Channel.CreateUnbounded<RunEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        RunFollower follower = new(events.Writer);
        Task running = Task.Factory.StartNew(
            () => follower.Finish(() => Run(follower, stop)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await foreach (RunEvent happened in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            follower.Seen(happened);
            yield return happened;
        }

        await running.ConfigureAwait(false);
    }

    /// <summary>Lets others have the folder.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>The net that a run tunes, if it is still the one.</summary>
    private static NoteRnnModel NetOf(RunFolder folder, RunPlan plan)
    {
        NoteRnnModel net = NoteRnnFile.Load(folder.CheckpointPath(0));
        return RunPlan.HashOf(net) == plan.NoteRnn.Sha256
            ? net
            : throw new NoteRnnFormatException($"{folder.CheckpointPath(0)}: expected the net that the run was started with, found another");
    }

    private static RunSession Holding(RunLock taken, Func<RunSession> make)
    {
        try
        {
            return make();
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private Tuner NewTuner() => new(
        TaskOf(Plan, NoteRnn, Theory, _primer, _environment.Threads),
        Plan.Learner,
        Plan.Windows,
        Plan.TrainingSteps,
        IsOriginal ? null : Music);

    private static LearningTask TaskOf(RunPlan plan, NoteRnnModel noteRnn, Theory theory, IPrimer primer, int threads) =>
        new(noteRnn, plan.Reward.ToReward(theory.Rules), primer)
        {
            TimeSignature = theory.TimeSignature,
            MelodyLength = plan.NumNotesInMelody,
            PositionInput = plan.PositionInput,
            Seed = plan.Seed,
            Quirks = plan.Quirks,
            Threads = threads,
        };

    private bool IsOriginal => Theory.RuleSet == RuleSetName.Magenta;

    private ReferenceCorpus Reference => _environment.Corpus ?? ReferenceCorpus.Of(NoteRnn);

    /// <summary>What a window tells of its melodies.</summary>
    private ImmutableArray<Figure> Music(IReadOnlyList<Melody> melodies) =>
        [.. NetMetrics.Of(melodies, NoteRnn.Encoding, Theory, Reference with { Melodies = null }).Figures.Where(figure => FigureNames.OfWindows.Contains(figure.Name))];

    private static PolicyGuards GuardsOf(NetMetrics net) => new(
        double.NaN, net["policy_entropy"]?.Value ?? double.NaN, net["different_melodies"]?.Value ?? double.NaN);

    private IReadOnlyList<Composition> Compose(NoteRnnModel net, int count) =>
        new Composer(new NoteRnnPolicy(net, Theory.TimeSignature), _primer) { Threads = _environment.Threads }.Compose(count, Plan.NumNotesInMelody, Plan.Seed);

    private NetMetrics Measure(NoteRnnModel net) =>
        NetMetrics.OfNet(net, NoteRnn, Theory, Compose(net, _environment.MelodiesMeasured), Reference, _environment.Threads);

    /// <summary>Composes a few melodies and writes them as files.</summary>
    private IReadOnlyList<Composition> KeepMelodies(NoteRnnModel net, string name)
    {
        IReadOnlyList<Composition> melodies = Compose(net, MelodiesKept);
        for (int i = 0; i < melodies.Count; i++)
        {
            string file = Path.Combine(Folder.Melodies, string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1:D2}.mid"));
            MidiWriter.Write(file, melodies[i].Melody, new MelodyWriterOptions { Key = Theory.Key, TimeSignature = Theory.TimeSignature });
        }

        MelodyJsonLines.Write(Path.Combine(Folder.Melodies, name + ".jsonl"), melodies.Select(composition => composition.Melody), net.Encoding);
        return melodies;
    }

    /// <summary>Keeps what the nets expected in one melody, which a later report could not find out.</summary>
    private void KeepProbabilities(NoteRnnModel tuned, IReadOnlyList<Composition> before, IReadOnlyList<Composition> after)
    {
        // The same melody of both, one that sounds if there is one.
        int melody = Math.Max(0, before.Zip(after).ToList().FindIndex(pair => Sounds(pair.First.Melody) && Sounds(pair.Second.Melody)));
        JsonObject probabilities = new()
        {
            ["before"] = NoteProbabilities.Of(new NoteRnnPolicy(NoteRnn, Theory.TimeSignature), before[melody], melody + 1).ToJson(),
            ["after"] = NoteProbabilities.Of(new NoteRnnPolicy(tuned, Theory.TimeSignature), after[melody], melody + 1).ToJson(),
        };
        AtomicFile.Write(Folder.ProbabilitiesPath, file =>
        {
            using Utf8JsonWriter writer = new(file);
            probabilities.WriteTo(writer);
        });
    }

    private static bool Sounds(Melody melody) => melody.Notes().Any();

    /// <summary>Nets of earlier windows are not needed to go on, but somebody will want them.</summary>
    private void WarnOfDamagedNets()
    {
        foreach (string path in Folder.Nets())
        {
            try
            {
                NoteRnnFile.Load(path);
            }
            catch (NoteRnnFormatException error)
            {
                _environment.Warn(error.Message);
            }
        }
    }
}
