using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Learning;

namespace RLTuner.Tuning;

/// <summary>What happened between two reports, and how the policy stands at the second.</summary>
public sealed record TuningWindow
{
    /// <summary>Notes played since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>Notes played in this window.</summary>
    public required long Steps { get; init; }

    /// <summary>Sums over the window's notes.</summary>
    public required RewardSums Train { get; init; }

    /// <summary>What each rule made of the window's notes, weighted and scaled; the rewards add up to the theory.</summary>
    public required ImmutableArray<RuleLedger> Rules { get; init; }

    /// <summary>Means over melodies of sums over their steps, sampled from the policy without exploration.</summary>
    public required RewardSums Evaluation { get; init; }

    /// <summary>The standard errors of these means; NaN where one melody was composed.</summary>
    public required RewardSums EvaluationError { get; init; }

    /// <summary>How many melodies were composed to evaluate the policy.</summary>
    public required int EvaluationMelodies { get; init; }

    /// <summary>The original's own figure, the mean reward of each melody's last step; only in compatible mode.</summary>
    public RewardSums? LastStepEvaluation { get; init; }

    /// <summary>How these melodies' policy stands to the Note RNN.</summary>
    public required PolicyGuards Policy { get; init; }

    /// <summary>Figures of the evaluation's melodies as music, where somebody asked for some.</summary>
    public ImmutableArray<Figure> Music { get; init; } = [];

    /// <summary>How the learner learned: figures such as the mean loss of the window's updates.</summary>
    public required ImmutableArray<Diagnostic> Learner { get; init; }

    /// <summary>Whether all training steps are done, or the run was cancelled: this is its last window.</summary>
    public required bool Finished { get; init; }
}

/// <summary>Rewards by source.</summary>
/// <param name="Total">What the learner got.</param>
/// <param name="Theory">The rules' part, scaled as in the total.</param>
/// <param name="NoteRnn">log p under the Note RNN, whether or not the total counts it.</param>
public readonly record struct RewardSums(double Total, double Theory, double NoteRnn);

/// <summary>Signs of collapse: a policy that has left the Note RNN, plays the same whatever came before, or composes few melodies.</summary>
/// <param name="Divergence">Mean over steps of the Kullback-Leibler divergence of the policy from the Note RNN, in nats.</param>
/// <param name="Entropy">Mean over steps of the policy's entropy, in nats.</param>
/// <param name="Distinct">Different melodies of all that were composed, 0 to 1.</param>
public readonly record struct PolicyGuards(double Divergence, double Entropy, double Distinct);
