using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>How likely a policy finds events that somebody else played.</summary>
public static class Likelihood
{
    /// <summary>log p of each event of each composition in nats, given its primer and the events before it; 0 for a first event that was given.</summary>
    /// <param name="policy">The policy that judges.</param>
    /// <param name="compositions">What was played; pitches within the policy's encoding.</param>
    /// <param name="threads">How many threads read; what is found is the same.</param>
    public static IReadOnlyList<float[]> LogProbabilities(IPolicy policy, IReadOnlyList<Composition> compositions, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(compositions);
        float[][] all = [.. compositions.Select(composition => new float[composition.Melody.Events.Length])];
        Rereading.Read(
            compositions,
            policy,
            null,
            (composition, step, played, logits, _) => all[composition][step] = Softmax.LogProbability(logits, played),
            threads);
        return all;
    }
}
