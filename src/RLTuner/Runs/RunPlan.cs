using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Settings;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>All that a run depends on, as one value: what is stored as <c>options.json</c>, checked, compared on resume, and printed to repeat it.</summary>
public sealed record RunPlan
{
    /// <summary>The numbers declared here; <see cref="SettingValues"/> has those of the parts too.</summary>
    public static ImmutableArray<Setting> Settings { get; } = Setting.Of<RunPlan>();

    /// <summary>The version of RLTuner that started the run.</summary>
    public string Version { get; init; } =
        typeof(RunPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The net that was tuned from.</summary>
    public required StartingNet NoteRnn { get; init; }

    /// <summary>Which rules judge.</summary>
    public required TheoryPlan Theory { get; init; }

    /// <summary>What a note earns.</summary>
    public required RewardPlan Reward { get; init; }

    /// <summary>How each melody begins.</summary>
    public BeginningPlan Beginning { get; init; } = new();

    /// <summary>How often the run is looked at.</summary>
    public WindowOptions Windows { get; init; } = new();

    /// <summary>How it learns.</summary>
    public required LearnerOptions Learner { get; init; }

    /// <summary>Notes to play and learn from.</summary>
    [Setting("training-steps", "Notes to play and learn from.", Unit = "notes", Min = 1, Max = 1e12, Source = "The paper has 1,000,000.")]
    public long TrainingSteps { get; init; } = 1_000_000;

    /// <summary>Events in a melody.</summary>
    [Setting("num-notes-in-melody", "Events in a melody, a sixteenth each.", Unit = "sixteenths", Min = 2, Max = 65536, Source = "Two bars of 4/4, as the original.")]
    public int NumNotesInMelody { get; init; } = 32;

    /// <summary>
    /// Whether the tuned net is told which step of the melody comes next, by inputs whose weights start at zero. Rules about the
    /// beginning, the end and the bar depend on it; without it the net can only guess.
    /// </summary>
    [Setting("position-input", "Tell the tuned net which step of the melody comes next; rules about bar, beginning and end depend on it.", Source = "Not in the original.")]
    public bool PositionInput { get; init; }

    /// <summary>Start of every random stream.</summary>
    [Setting("seed", "One seed reproduces a run to the byte.", Source = "Not in the original.")]
    public ulong Seed { get; init; } = 1;

    /// <summary>The windows without a rise after which the run stops (<see cref="Tuning.StopWhenFlat"/>); null where it goes on.</summary>
    [Setting("stop-when-flat", "Stop when for N windows the reward of a melody has not risen beyond its noise; docs/metrics.md says how that is told.",
        Unit = "windows", Min = 1, Max = 1e6, DefaultMeaning = "never", Source = "Not in the original.")]
    public int? StopWhenFlat { get; init; }

    /// <summary>The least entropy of the policy, as a share of the untuned net's, before a collapse is warned of.</summary>
    [Setting("entropy-floor", "Warn when the policy's entropy falls below this share of the untuned net's; 0 for never.", Min = 0, Max = 1,
        Source = "Ours: docs/metrics.md.")]
    public double EntropyFloor { get; init; } = .5;

    /// <summary>The least distinct melodies, as a share of the untuned net's, before a collapse is warned of.</summary>
    [Setting("distinct-floor", "Warn when distinct melodies of an evaluation fall below this share of the untuned net's; 0 for never.", Min = 0, Max = 1,
        Source = "Ours: docs/metrics.md.")]
    public double DistinctFloor { get; init; } = .9;

    /// <summary>Whether a collapse ends the run.</summary>
    [Setting("stop-on-collapse", "Stop when entropy or distinct melodies fall below their floors.", Source = "Not in the original.")]
    public bool StopOnCollapse { get; init; }

    /// <summary>Whether the net of the best evaluation is kept too.</summary>
    [Setting("keep-best", "Also keep the net of the best evaluation, as best.safetensors in the run's folder.", Source = "Not in the original.")]
    public bool KeepBest { get; init; }

    /// <summary>Oddities of the published program that the run reproduces.</summary>
    public Quirks Quirks { get; init; }

    /// <summary>Where the run was asked for another number of steps than before, in order.</summary>
    public IReadOnlyList<ResumedRun> Resumed { get; init; } = [];

    /// <summary>SHA-256 of the stored plan with nothing here, in lower-case hex: a changed file is refused.</summary>
    public string? Checksum { get; init; }

    /// <summary>Every setting with its value and the default that it is beside, in the order of the command line.</summary>
    [JsonIgnore]
    public IEnumerable<(Setting Setting, object Owner)> SettingValues =>
    [
        .. Learner.Kind.Settings.Select(setting => (setting, (object)Learner)),
        .. Settings.Select(setting => (setting, (object)this)),
        .. RewardPlan.Settings.Select(setting => (setting, (object)Reward)),
        .. WindowOptions.Settings.Select(setting => (setting, (object)Windows)),
    ];

    /// <summary>Fills in what depends on the length of the run, and checks every number.</summary>
    /// <exception cref="ArgumentException">A number lies outside its range, or two do not go together; the message names them.</exception>
    public RunPlan Validated()
    {
        foreach ((Setting setting, object owner) in SettingValues)
        {
            setting.Check(owner);
        }

        Learner.Validate();
        if (PositionInput && Quirks != Quirks.None)
        {
            throw new ArgumentException("position-input: expected off where the published program is reproduced, found on");
        }

        return this with { Learner = Learner.For(TrainingSteps), Windows = Windows.For(TrainingSteps) };
    }

    /// <summary>SHA-256 of all weights, in lower-case hex: tells nets apart whatever file they came from.</summary>
    public static string HashOf(NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(net.Weights.Values.AsSpan())));
    }
}

/// <summary>The net that a run tuned from.</summary>
/// <param name="Source">The path that was given.</param>
/// <param name="Sha256">SHA-256 of its weights, in lower-case hex.</param>
/// <param name="Layers">Units of each layer.</param>
/// <param name="Classes">Event classes.</param>
/// <param name="LowestPitch">The MIDI number of class 2.</param>
public sealed record StartingNet(string Source, string Sha256, IReadOnlyList<int> Layers, int Classes, int LowestPitch)
{
    /// <summary>Describes a net.</summary>
    /// <param name="net">The net.</param>
    /// <param name="source">Where it came from, for people.</param>
    public static StartingNet Of(NoteRnnModel net, string source)
    {
        ArgumentNullException.ThrowIfNull(net);
        return new(source, RunPlan.HashOf(net), net.Shape.LayerSizes, net.Shape.Classes, net.Encoding.Lowest.MidiNumber);
    }
}

/// <summary>Which rules judge, in the form that is stored.</summary>
public sealed record TheoryPlan
{
    /// <summary>Whose rules.</summary>
    public required RuleSetName RuleSet { get; init; }

    /// <summary>The key, in the form that <see cref="Music.Key.Parse"/> reads.</summary>
    public required string Key { get; init; }

    /// <summary>The metre, in the form that <see cref="Music.TimeSignature.Parse"/> reads.</summary>
    public required string TimeSignature { get; init; }

    /// <summary>The weight of each rule: these rules, and no others that a later version may add.</summary>
    public required IReadOnlyDictionary<string, double> Rules { get; init; }

    /// <summary>The stored form of a theory.</summary>
    public static TheoryPlan Of(Theory theory)
    {
        ArgumentNullException.ThrowIfNull(theory);
        return new TheoryPlan
        {
            RuleSet = theory.RuleSet,
            Key = theory.Key.ToString(),
            TimeSignature = theory.TimeSignature.ToString(),
            Rules = theory.Rules.Rules.ToDictionary(entry => entry.Rule.Name, entry => entry.Weight),
        };
    }

    /// <summary>The theory.</summary>
    /// <exception cref="FormatException">Key or metre cannot be read.</exception>
    /// <exception cref="ArgumentException">A rule is unknown, or a weight is not a number.</exception>
    public Theory ToTheory()
    {
        Key key = Music.Key.Parse(Key);
        return new Theory(RuleSet, key, Music.TimeSignature.Parse(TimeSignature), RulePresets.Of(RuleSet, key, Rules));
    }
}

/// <summary>What a note earns, in the form that is stored.</summary>
public sealed record RewardPlan
{
    /// <summary>Its numbers.</summary>
    public static ImmutableArray<Setting> Settings { get; } = Setting.Of<RewardPlan>();

    /// <summary>What is rewarded; a name for the rules and for whether log p counts.</summary>
    public RewardMode Mode { get; init; } = RewardMode.MusicTheoryAll;

    /// <summary>Factor on the theory reward; log p is never scaled.</summary>
    [Setting("reward-scaler", "Factor on the theory reward; log p is never scaled.", Min = -1e6, Max = 1e6,
        Source = "Original: 0.1 in its command, 1 in its library and notebook; the paper 2 (its c = 0.5 divides).")]
    public double RewardScaler { get; init; } = 1;

    /// <summary>Factor on log p of the note under the Note RNN: 1 where mode and learner count it, else 0.</summary>
    public double NoteRnnScale { get; init; } = 1;

    /// <summary>What an event earns.</summary>
    public Reward ToReward(RuleSet rules) => new(rules, RewardScaler, NoteRnnScale);
}

/// <summary>How each melody begins.</summary>
public sealed record BeginningPlan
{
    /// <summary>Where it comes from.</summary>
    public PrimingMode PrimingMode { get; init; } = PrimingMode.RandomNote;

    /// <summary>The file of primers, if there is one.</summary>
    public string? Primer { get; init; }

    /// <summary>SHA-256 of that file, in lower-case hex.</summary>
    public string? PrimerSha256 { get; init; }
}

/// <summary>Where primers come from.</summary>
public enum PrimingMode
{
    /// <summary>Nothing: the net, which knows how melodies begin, draws the first event too, at a bar line.</summary>
    Start,

    /// <summary>A random note of the key, the melody's first; as the published program has it, any event, heard before.</summary>
    RandomNote,

    /// <summary>The first melody of a file.</summary>
    SingleMidi,

    /// <summary>A random melody of a file.</summary>
    RandomMidi,
}

/// <summary>A change on the way.</summary>
/// <param name="Step">Notes played by then.</param>
/// <param name="TrainingSteps">Notes in all that the run was then asked for.</param>
public sealed record ResumedRun(long Step, long TrainingSteps);
