using System.Collections.Immutable;

namespace RLTuner.Learning.Q;

/// <summary>A Q-learner: its backup, and where the Note RNN's log-probabilities come in. Nothing else asks which algorithm runs.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Target">The backup.</param>
/// <param name="RewardsLikelihood">Whether log p of the note under the Note RNN is part of the reward.</param>
/// <param name="AddsPrior">Whether log p is added to the learned scores, in the policy and in the backup, instead.</param>
public sealed record Algorithm(string Name, Target Target, bool RewardsLikelihood, bool AddsPrior)
{
    /// <summary>Q-learning with log p in the reward: r = log p + theory.</summary>
    public static Algorithm Q { get; } = new("q", Targets.Q, RewardsLikelihood: true, AddsPrior: false);

    /// <summary>Ψ-learning: the same reward, a soft backup (KL control).</summary>
    public static Algorithm Psi { get; } = new("psi", Targets.Psi, RewardsLikelihood: true, AddsPrior: false);

    /// <summary>G-learning: theory alone is rewarded, the Note RNN is the prior; the policy is softmax(G + log p).</summary>
    public static Algorithm G { get; } = new("g", Targets.Psi, RewardsLikelihood: false, AddsPrior: true);

    /// <summary>Q-learning on the theory reward alone; forgets the Note RNN. For comparison.</summary>
    public static Algorithm PureRl { get; } = new("pure-rl", Targets.Q, RewardsLikelihood: false, AddsPrior: false);

    /// <summary>Every algorithm.</summary>
    public static ImmutableArray<Algorithm> All { get; } = [Q, Psi, G, PureRl];

    /// <summary>The algorithm of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Algorithm Of(string name) => All.FirstOrDefault(known => known.Name == name)
        ?? throw new ArgumentException($"expected one of the algorithms {string.Join(", ", All.Select(known => known.Name))}, found '{name}'", nameof(name));
}
