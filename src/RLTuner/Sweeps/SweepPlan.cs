using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RLTuner.Sweeps;

/// <summary>
/// Which runs a sweep has, as its file says it: every combination of <see cref="Grid"/> and <see cref="Draws"/> that <see cref="Exclude"/> does not name,
/// then those of <see cref="Include"/>, each with every seed. Values are texts by name; names are those of the options of <c>tune</c>.
/// Its properties can be set, as what is read from JSON keeps defaults in such alone.
/// </summary>
internal sealed record SweepPlan
{
    /// <summary>What all runs share.</summary>
    public IReadOnlyDictionary<string, string> Base { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The values to try, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Grid { get; set; } = ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Values drawn at random; null for none.</summary>
    public SweepDraws? Draws { get; set; }

    /// <summary>Further runs, each by what tells it from <see cref="Base"/>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Include { get; set; } = [];

    /// <summary>Combinations to leave out: those that have all values of an entry.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Exclude { get; set; } = [];

    /// <summary>The seeds that each combination is run with.</summary>
    public IReadOnlyList<ulong> Seeds { get; set; } = [1];

    /// <summary>What each run asks of a Slurm cluster.</summary>
    public SlurmPlan Slurm { get; set; } = new();

    /// <summary>What each run asks of a Kubernetes cluster.</summary>
    public KubernetesPlan Kubernetes { get; set; } = new();
}

/// <summary>Values drawn at random, each number from a stream of its own: more draws, or another number beside it, change none of before.</summary>
internal sealed record SweepDraws
{
    /// <summary>How many times all of them are drawn, 1 or more.</summary>
    public required int Count { get; init; }

    /// <summary>Start of every stream.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Where each number lies, by name.</summary>
    public required IReadOnlyDictionary<string, SweepRange> Ranges { get; init; }
}

/// <summary>Where a number is drawn from.</summary>
internal sealed record SweepRange
{
    /// <summary>The lowest value.</summary>
    public required double From { get; init; }

    /// <summary>The highest value.</summary>
    public required double To { get; init; }

    /// <summary>How draws lie between them.</summary>
    public SweepScale Scale { get; set; }
}

/// <summary>How draws lie in a range.</summary>
internal enum SweepScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly by their logarithm, as suits what spans powers of ten.</summary>
    Log,
}

/// <summary>The stored form of a plan.</summary>
[JsonSerializable(typeof(SweepPlan))]
internal sealed partial class SweepPlanJson : JsonSerializerContext;
