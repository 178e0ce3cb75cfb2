using System.Text.Json.Serialization;
using RLTuner.Settings;

namespace RLTuner.Learning.Q;

/// <summary>
/// The numbers of Q-, Ψ- and G-learning. Defaults are the settings that docs/choosing-defaults.md found best among the original's own; "original" names
/// what its library, its command and its notebook used where they differ.
/// </summary>
public sealed record QOptions : LearnerOptions
{
    /// <summary>Options of Q-learning.</summary>
    public QOptions()
        : this(Q.Algorithm.Q.Name)
    {
    }

    /// <summary>Options of an algorithm.</summary>
    /// <param name="algorithm">The name of one of <see cref="Q.Algorithm.All"/>.</param>
    /// <exception cref="ArgumentException">There is no such algorithm.</exception>
    [JsonConstructor]
    public QOptions(string algorithm) => Method = Q.Algorithm.Of(algorithm);

    /// <inheritdoc/>
    public override string Algorithm => Method.Name;

    /// <summary>Backup and prior.</summary>
    [JsonIgnore]
    public Algorithm Method { get; init; }

    /// <summary>Notes over which epsilon falls to its final value.</summary>
    [Setting("exploration-steps", "Notes until exploration is down to its final value.", Unit = "notes", Min = 1, Max = 1e12, DefaultMeaning = "half of the training steps",
        Source = "Original: 500,000 of 1,000,000.")]
    public long? ExplorationSteps { get; init; }

    /// <summary>How notes are chosen.</summary>
    [Setting("exploration-mode", "How notes are chosen while learning.", Source = "Original: boltzmann in its command, egreedy in its library and notebook.")]
    public ExplorationMode ExplorationMode { get; init; } = ExplorationMode.Boltzmann;

    /// <summary>The final epsilon.</summary>
    [Setting("random-action-probability", "The final chance of a random note (epsilon).", Min = 0, Max = 1, Source = "As the original.")]
    public double RandomActionProbability { get; init; } = 0.1;

    /// <summary>Whether the note played is drawn from softmax of the scores instead of the best one, outside random actions.</summary>
    [Setting("stochastic-observations", "Draw each note from the scores instead of taking the best.", Source = "As the original.")]
    public bool StochasticObservations { get; init; }

    /// <summary>γ: what a reward one note later is worth now.</summary>
    [Setting("discount", "What a reward one note later is worth now (gamma).", Min = 0, Max = 1,
        Source = "Original: 0.5 in its command, notebook and the paper, 0.95 in its library.")]
    public float Discount { get; init; } = 0.95f;

    /// <summary>Transitions in an update.</summary>
    [Setting("minibatch-size", "Transitions in an update.", Unit = "transitions", Min = 1, Max = 65536, Source = "As the original.")]
    public int MinibatchSize { get; init; } = 32;

    /// <summary>Transitions kept for replay, at least <see cref="MinibatchSize"/>.</summary>
    [Setting("max-experience", "Transitions kept for replay, at least a minibatch.", Unit = "transitions", Min = 1, Max = 100_000_000, Source = "As the original.")]
    public int MaxExperience { get; init; } = 100_000;

    /// <summary>Share of the way that the target net moves towards the tuned net at each update.</summary>
    [Setting("target-network-update-rate", "Share of the way that the target net follows at each update.", Min = 0, Max = 1, Source = "As the original.")]
    public float TargetNetworkUpdateRate { get; init; } = 0.01f;

    /// <summary>An update every N notes.</summary>
    [Setting("train-every-nth", "An update every N notes.", Unit = "notes", Min = 1, Max = int.MaxValue, Source = "As the original.")]
    public int TrainEveryNth { get; init; } = 5;

    /// <summary>A transition is kept every N notes.</summary>
    [Setting("store-every-nth", "A transition is kept every N notes.", Unit = "notes", Min = 1, Max = int.MaxValue, Source = "As the original.")]
    public int StoreEveryNth { get; init; } = 1;

    /// <summary>Adam's step size.</summary>
    [Setting("learning-rate", "Adam's step size.", Min = 0, MinIsOutside = true, Max = 1000, Source = "As the original.")]
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>The largest norm of the gradient of one variable; longer ones are shortened to it.</summary>
    [Setting("clip-norm", "Largest norm of the gradient: of one variable, by pg of all together.", Min = 0, MinIsOutside = true, Max = 1e30, Source = "As the original.")]
    public float ClipNorm { get; init; } = 5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool RewardsLikelihood => Method.RewardsLikelihood;

    /// <inheritdoc/>
    [JsonIgnore]
    public override LearnerKind Kind => QKind.Instance;

    /// <inheritdoc/>
    public override LearnerOptions For(long trainingSteps) => this with { ExplorationSteps = ExplorationSteps ?? Math.Max(1, trainingSteps / 2) };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (MaxExperience < MinibatchSize)
        {
            throw new ArgumentException(FormattableString.Invariant($"max-experience: expected at least the minibatch size ({MinibatchSize}), found {MaxExperience}"));
        }
    }

    /// <inheritdoc/>
    public override ILearner Create(LearningTask task) => new QLearner(this, task);
}

/// <summary>How Q-learners are listed and stored.</summary>
internal static class QKind
{
    public static LearnerKind Instance { get; } = new(
        [.. Algorithm.All.Select(algorithm => algorithm.Name)],

        // What the original's own command uses.
        (algorithm, quirks) => quirks == Quirks.None ? new QOptions(algorithm) : new QOptions(algorithm) { Discount = 0.5f },
        Setting.Of<QOptions>(),
        QJson.Default.QOptions);
}

/// <summary>The stored form of <see cref="QOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(QOptions))]
internal sealed partial class QJson : JsonSerializerContext;
