using System.Collections.Immutable;
using RLTuner.NoteRnn;
using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary>A run of a sweep.</summary>
/// <param name="Name">How it differs from the others, as the name of its folder: <c>algorithm=q,reward-scaler=0.5,seed=1</c>.</param>
/// <param name="Varied">The same as values by name, without the seed, in the order of the name; runs of one combination have the same.</param>
/// <param name="Plan">All that it depends on.</param>
public sealed record PlannedRun(string Name, ImmutableArray<KeyValuePair<string, string>> Varied, RunPlan Plan)
{
    /// <summary>Its values without the seed, for people: runs of one combination differ in their seed alone.</summary>
    public string Combination => Varied.IsEmpty ? "all runs" : string.Join(", ", Varied.Select(value => $"{value.Key} {value.Value}"));
}

/// <summary>The runs of a plan, and the nets that they start from.</summary>
/// <param name="Runs">Each under a name of its own.</param>
/// <param name="Nets">By the SHA-256 of their weights, as plans name them.</param>
internal sealed record PlannedRuns(ImmutableArray<PlannedRun> Runs, ImmutableDictionary<string, NoteRnnModel> Nets);
