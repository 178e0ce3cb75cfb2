using System.Text.Json.Serialization;
using RLTuner.Settings;

namespace RLTuner.Learning.PolicyGradient;

/// <summary>The numbers of the policy gradient. Defaults are those that docs/choosing-defaults.md found best.</summary>
public sealed record PgOptions : LearnerOptions
{
    /// <summary>The algorithm's name.</summary>
    public const string Name = "pg";

    /// <summary>The target's default, in nats a note.</summary>
    private const double NatsANote = 0.25;

    /// <inheritdoc/>
    public override string Algorithm => Name;

    /// <summary>How far the tuned net is to be from the Note RNN: the mean over melodies of Σ D(tuned || Note RNN).</summary>
    [Setting("target-kl", "How far the tuned net is to be from the Note RNN.", Unit = "nats a melody", Min = 0, MinIsOutside = true, Max = 1e6,
        DefaultMeaning = "a quarter of a nat a note, 8 for melodies of 32")]
    public double? TargetKl { get; init; }

    /// <summary>The target for melodies of a length, in nats a melody: what was set, or the default.</summary>
    /// <param name="melodyLength">Events in a melody.</param>
    public double TargetFor(int melodyLength) => TargetKl ?? melodyLength * NatsANote;

    /// <summary>What a nat of distance costs; in place of the controller that finds it.</summary>
    [Setting("kl-weight", "What a nat of distance from the Note RNN costs, fixed; the target has no effect then.", Unit = "points a nat", Min = 0, Max = 1e6,
        DefaultMeaning = "found as the run goes on, to hold the target")]
    public double? KlWeight { get; init; }

    /// <summary>
    /// What a nat of entropy is worth, where a nat of distance costs 1. Without it the likeliest of the melodies that obey win, and all become alike.
    /// </summary>
    [Setting("entropy-weight", "What a nat of entropy is worth, as a share of what a nat of distance costs; keeps melodies from becoming all alike.", Min = 0, Max = 100)]
    public float EntropyWeight { get; init; } = 0.24f;

    /// <summary>Melodies in an update.</summary>
    [Setting("batch-melodies", "Melodies in an update.", Unit = "melodies", Min = 2, Max = 65536)]
    public int BatchMelodies { get; init; } = 128;

    /// <summary>Adam's step size.</summary>
    [Setting("learning-rate", "Adam's step size.", Min = 0, MinIsOutside = true, Max = 1000)]
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>The largest norm of the whole gradient; longer ones are shortened to it.</summary>
    [Setting("clip-norm", "Largest norm of the gradient: of one variable, by pg of all together.", Min = 0, MinIsOutside = true, Max = 1e30)]
    public float ClipNorm { get; init; } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool RewardsLikelihood => false;

    /// <inheritdoc/>
    [JsonIgnore]
    public override LearnerKind Kind => PgKind.Instance;

    /// <inheritdoc/>
    public override ILearner Create(LearningTask task) => new PolicyGradientLearner(this, task);
}

/// <summary>How the policy gradient is listed and stored.</summary>
internal static class PgKind
{
    public static LearnerKind Instance { get; } = new([PgOptions.Name], (_, _) => new PgOptions(), Setting.Of<PgOptions>(), PgJson.Default.PgOptions);
}

/// <summary>The stored form of <see cref="PgOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PgOptions))]
internal sealed partial class PgJson : JsonSerializerContext;
