using System.Collections.Immutable;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Rewards;

namespace RLTuner.Evaluation;

/// <summary>By what the best of several melodies is chosen.</summary>
public enum BestBy
{
    /// <summary>What the rules give it.</summary>
    Rules,

    /// <summary>log p of its events under the Note RNN.</summary>
    Likelihood,

    /// <summary>What it earns in tuning: both, by the scales of the reward.</summary>
    Sum,
}

/// <summary>A melody and what it is worth.</summary>
/// <param name="Composition">The melody.</param>
/// <param name="ByRule">The sum of each rule's weighted scores, in the order of the rules; not scaled.</param>
/// <param name="LogProbability">The sum of log p of its events under the Note RNN, in nats.</param>
public sealed record JudgedMelody(Composition Composition, ImmutableArray<double> ByRule, double LogProbability)
{
    /// <summary>The sum over all rules.</summary>
    public double Theory => ByRule.Sum();
}

/// <summary>The best of several melodies.</summary>
/// <param name="Chosen">Which it is, from 0.</param>
/// <param name="Candidates">All of them, judged.</param>
/// <param name="Worth">[candidate]: by what it was chosen.</param>
public sealed record BestMelody(int Chosen, ImmutableArray<JudgedMelody> Candidates, ImmutableArray<double> Worth)
{
    /// <summary>The best one.</summary>
    public JudgedMelody Best => Candidates[Chosen];
}

/// <summary>Chooses the best of every few melodies.</summary>
public static class BestOf
{
    /// <summary>Judges melodies and chooses one of every <paramref name="each"/>, the first of equals.</summary>
    /// <param name="candidates">The melodies; their number is a multiple of <paramref name="each"/>.</param>
    /// <param name="each">Of how many one is chosen, at least 1.</param>
    /// <param name="by">By what.</param>
    /// <param name="reward">The rules, and the scales of <see cref="BestBy.Sum"/>.</param>
    /// <param name="noteRnn">Says how likely events are.</param>
    /// <param name="timeSignature">The metre that rules assume.</param>
    /// <param name="threads">How many threads read; what is chosen is the same.</param>
    public static IReadOnlyList<BestMelody> Choose(
        IReadOnlyList<Composition> candidates, int each, BestBy by, Reward reward, IPolicy noteRnn, TimeSignature timeSignature, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(noteRnn);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(each);
        if (candidates.Count % each != 0)
        {
            throw new ArgumentException($"expected a multiple of {each} melodies, found {candidates.Count}", nameof(candidates));
        }

        IReadOnlyList<float[]> logProbabilities = Likelihood.LogProbabilities(noteRnn, candidates, threads);
        IEnumerable<JudgedMelody> judged = candidates.Zip(logProbabilities, (composition, logs) =>
            new JudgedMelody(composition, ByRule(composition, reward, noteRnn.Encoding, timeSignature), logs.Sum(log => (double)log)));
        return [.. judged.Chunk(each).Select(some => Of([.. some], by, reward))];
    }

    private static BestMelody Of(ImmutableArray<JudgedMelody> judged, BestBy by, Reward reward)
    {
        ImmutableArray<double> worth =
        [
            .. judged.Select(melody => by switch
            {
                BestBy.Rules => melody.Theory,
                BestBy.Likelihood => melody.LogProbability,
                _ => reward.Of(melody.Theory, melody.LogProbability),
            }),
        ];
        return new(worth.IndexOf(worth.Max()), judged, worth);
    }

    private static ImmutableArray<double> ByRule(Composition composition, Reward reward, MelodyEncoding encoding, TimeSignature timeSignature)
    {
        double[] sums = new double[reward.Rules.Rules.Length];
        reward.ForEachEvent(composition, encoding, timeSignature, (_, scores) =>
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += scores[i];
            }
        });
        return [.. sums];
    }
}
