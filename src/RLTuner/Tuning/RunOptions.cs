using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rules;
using RLTuner.Tuning.Exploration;

namespace RLTuner.Tuning;

/// <summary>Everything that a run depends on, as <c>options.json</c> keeps it. docs/file-formats.md describes each field.</summary>
public sealed record RunOptions
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        RespectNullableAnnotations = true,
    };

    /// <summary>The version of RLTuner.</summary>
    public required string Version { get; init; }

    /// <summary>The net that was tuned from.</summary>
    public required StartingNet NoteRnn { get; init; }

    /// <summary>Start of every random stream.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Ours or the published program's behaviour.</summary>
    public required Compatibility Compat { get; init; }

    /// <summary>The learner's name.</summary>
    public required string Algorithm { get; init; }

    /// <inheritdoc cref="TunerOptions.TrainingSteps"/>
    public required long TrainingSteps { get; init; }

    /// <inheritdoc cref="TunerOptions.ExplorationSteps"/>
    public required long ExplorationSteps { get; init; }

    /// <inheritdoc cref="TunerOptions.ExplorationMode"/>
    public required ExplorationMode ExplorationMode { get; init; }

    /// <inheritdoc cref="TunerOptions.RandomActionProbability"/>
    public required double RandomActionProbability { get; init; }

    /// <inheritdoc cref="TunerOptions.StochasticObservations"/>
    public required bool StochasticObservations { get; init; }

    /// <inheritdoc cref="TunerOptions.PositionInput"/>
    public required bool PositionInput { get; init; }

    /// <inheritdoc cref="TunerOptions.RewardScaler"/>
    public required double RewardScaler { get; init; }

    /// <inheritdoc cref="TunerOptions.RewardMode"/>
    public required RewardMode RewardMode { get; init; }

    /// <summary>The weight of each rule.</summary>
    public required IReadOnlyDictionary<string, double> Rules { get; init; }

    /// <summary>The key, in the form that <see cref="Key.Parse"/> reads.</summary>
    public required string Key { get; init; }

    /// <summary>The metre, in the form that <see cref="TimeSignature.Parse"/> reads.</summary>
    public required string TimeSignature { get; init; }

    /// <inheritdoc cref="TunerOptions.MelodyLength"/>
    public required int NumNotesInMelody { get; init; }

    /// <summary>What is heard before each melody: <c>random-note</c>, <c>single-midi</c> or <c>random-midi</c>.</summary>
    public required string PrimingMode { get; init; }

    /// <summary>The file of primers, if there is one.</summary>
    public string? Primer { get; init; }

    /// <inheritdoc cref="TunerOptions.Discount"/>
    public required float Discount { get; init; }

    /// <inheritdoc cref="TunerOptions.MinibatchSize"/>
    public required int MinibatchSize { get; init; }

    /// <inheritdoc cref="TunerOptions.MaxExperience"/>
    public required int MaxExperience { get; init; }

    /// <inheritdoc cref="TunerOptions.TargetNetworkUpdateRate"/>
    public required float TargetNetworkUpdateRate { get; init; }

    /// <inheritdoc cref="TunerOptions.TrainEveryNth"/>
    public required int TrainEveryNth { get; init; }

    /// <inheritdoc cref="TunerOptions.StoreEveryNth"/>
    public required int StoreEveryNth { get; init; }

    /// <inheritdoc cref="TunerOptions.LearningRate"/>
    public required float LearningRate { get; init; }

    /// <inheritdoc cref="TunerOptions.ClipNorm"/>
    public required float ClipNorm { get; init; }

    /// <inheritdoc cref="TunerOptions.OutputEveryNth"/>
    public required long OutputEveryNth { get; init; }

    /// <inheritdoc cref="TunerOptions.EvaluationMelodies"/>
    public required int EvaluationMelodies { get; init; }

    /// <summary>The windows without a rise after which the run stops; null where it goes on (<see cref="Tuning.StopWhenFlat"/>).</summary>
    public int? StopWhenFlat { get; init; }

    /// <summary>Whether the net of the best evaluation is kept too (<see cref="Tuning.KeepBest"/>).</summary>
    public bool KeepBest { get; init; }

    /// <summary>SHA-256 of the file of primers, in lower-case hex.</summary>
    public string? PrimerSha256 { get; init; }

    /// <summary>Where the run was asked for another number of steps than before, in order.</summary>
    public IReadOnlyList<ResumedRun> Resumed { get; init; } = [];

    /// <summary>SHA-256 of this file with nothing here, in lower-case hex: a changed file is refused.</summary>
    public string? Checksum { get; init; }

    /// <summary>Describes a run whose melodies start after a random note.</summary>
    /// <param name="noteRnn">The net to be tuned.</param>
    /// <param name="source">Where it came from, for people.</param>
    /// <param name="rules">The theory.</param>
    /// <param name="key">The key that the rules assume.</param>
    /// <param name="timeSignature">The metre that they assume.</param>
    /// <param name="options">The numbers.</param>
    public static RunOptions Of(NoteRnnModel noteRnn, string source, RuleSet rules, Key key, TimeSignature timeSignature, TunerOptions options)
    {
        ArgumentNullException.ThrowIfNull(noteRnn);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        return new RunOptions
        {
            Version = typeof(Tuner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            NoteRnn = new StartingNet(
                source, RunFolder.HashOf(noteRnn), noteRnn.Shape.LayerSizes, noteRnn.Shape.Classes, noteRnn.Encoding.Lowest.MidiNumber),
            Seed = options.Seed,
            Compat = options.Compatibility,
            Algorithm = options.Algorithm.Name,
            TrainingSteps = options.TrainingSteps,
            ExplorationSteps = options.ExplorationSteps,
            ExplorationMode = options.ExplorationMode,
            RandomActionProbability = options.RandomActionProbability,
            StochasticObservations = options.StochasticObservations,
            PositionInput = options.PositionInput,
            RewardScaler = options.RewardScaler,
            RewardMode = options.RewardMode,
            Rules = rules.Rules.ToDictionary(entry => entry.Rule.Name, entry => entry.Weight),
            Key = key.ToString(),
            TimeSignature = timeSignature.ToString(),
            NumNotesInMelody = options.MelodyLength,
            PrimingMode = "random-note",
            Discount = options.Discount,
            MinibatchSize = options.MinibatchSize,
            MaxExperience = options.MaxExperience,
            TargetNetworkUpdateRate = options.TargetNetworkUpdateRate,
            TrainEveryNth = options.TrainEveryNth,
            StoreEveryNth = options.StoreEveryNth,
            LearningRate = options.LearningRate,
            ClipNorm = options.ClipNorm,
            OutputEveryNth = options.OutputEveryNth,
            EvaluationMelodies = options.EvaluationMelodies,
        };
    }

    /// <summary>The numbers of the run, for a tuner.</summary>
    /// <exception cref="NoteRnnFormatException">The algorithm is none that is known.</exception>
    public TunerOptions ToTunerOptions() => new()
    {
        Algorithm = Algorithms.Algorithm.All.FirstOrDefault(known => known.Name == Algorithm)
            ?? throw new NoteRnnFormatException($"expected one of the algorithms {string.Join(", ", Algorithms.Algorithm.All.Select(known => known.Name))}, found {Algorithm}"),
        Compatibility = Compat,
        TrainingSteps = TrainingSteps,
        ExplorationSteps = ExplorationSteps,
        ExplorationMode = ExplorationMode,
        RandomActionProbability = RandomActionProbability,
        StochasticObservations = StochasticObservations,
        PositionInput = PositionInput,
        RewardScaler = RewardScaler,
        RewardMode = RewardMode,
        MelodyLength = NumNotesInMelody,
        Discount = Discount,
        MinibatchSize = MinibatchSize,
        MaxExperience = MaxExperience,
        TargetNetworkUpdateRate = TargetNetworkUpdateRate,
        TrainEveryNth = TrainEveryNth,
        StoreEveryNth = StoreEveryNth,
        LearningRate = LearningRate,
        ClipNorm = ClipNorm,
        OutputEveryNth = OutputEveryNth,
        EvaluationMelodies = EvaluationMelodies,
        Seed = Seed,
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="NoteRnnFormatException">The file is damaged, or a field is missing or of another kind; the message names it.</exception>
    internal static RunOptions Read(string path)
    {
        try
        {
            RunOptions options = JsonSerializer.Deserialize<RunOptions>(File.ReadAllBytes(path), Form) ?? throw new JsonException("found null");
            _ = Music.Key.Parse(options.Key);
            _ = Music.TimeSignature.Parse(options.TimeSignature);
            return options.Checksum is null || options.Checksum == options.Hash()
                ? options
                : throw new NoteRnnFormatException($"{path}: the checksum is wrong: the file is damaged, or was changed by hand");
        }
        // Numbers beyond double's range are read as infinity, which cannot be hashed.
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            throw new NoteRnnFormatException($"{path}: expected the options of a run: {OneLine(error.Message)}", error);
        }
    }

    /// <summary>Writes the options as JSON.</summary>
    internal void Write(Stream stream) => JsonSerializer.Serialize(stream, this with { Checksum = Hash() }, Form);

    /// <summary>Messages may quote what the file has.</summary>
    private static string OneLine(string message) => string.Concat(message.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Checksum = null }, Form)));
}

/// <summary>The net that a run tuned from.</summary>
/// <param name="Source">The path that was given.</param>
/// <param name="Sha256">SHA-256 of its weights, in lower-case hex.</param>
/// <param name="Layers">Units of each layer.</param>
/// <param name="Classes">Event classes.</param>
/// <param name="LowestPitch">The MIDI number of class 2.</param>
public sealed record StartingNet(string Source, string Sha256, IReadOnlyList<int> Layers, int Classes, int LowestPitch);

/// <summary>A change on the way.</summary>
/// <param name="Step">Notes played by then.</param>
/// <param name="TrainingSteps">Notes in all that the run was then asked for.</param>
public sealed record ResumedRun(long Step, long TrainingSteps);
