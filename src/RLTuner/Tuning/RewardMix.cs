using RLTuner.Rules;

namespace RLTuner.Tuning;

/// <summary>How theory and likelihood make one reward: r = scaler·theory + log p, the latter where mode and algorithm count it.</summary>
/// <param name="options">Scaler, mode, algorithm.</param>
public sealed class RewardMix(TunerOptions options)
{
    private readonly bool _countsNoteRnn = options.Algorithm.RewardsLikelihood && RulePresets.CountsNoteRnn(options.RewardMode);

    /// <summary>The reward that the learner gets.</summary>
    /// <param name="theory">Weighted sum of the rules.</param>
    /// <param name="logProbability">log p under the Note RNN, in nats.</param>
    public double Mix(double theory, double logProbability) => (options.RewardScaler * theory) + (_countsNoteRnn ? logProbability : 0);
}
