using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;

namespace RLTuner.Rewards;

/// <summary>What an event earns: r = TheoryScale · rules + NoteRnnScale · log p (Jaques et al. 2017, equation 5).</summary>
/// <param name="Rules">The theory.</param>
/// <param name="TheoryScale">Factor on the weighted sum of the rules; finite.</param>
/// <param name="NoteRnnScale">Factor on log p of the event under the Note RNN; 0 leaves it out.</param>
public sealed record Reward(RuleSet Rules, double TheoryScale = 1, double NoteRnnScale = 1)
{
    /// <summary>What an event earns, or the sum of what several earn.</summary>
    /// <param name="theory">Weighted sum of the rules, not scaled.</param>
    /// <param name="logProbability">log p under the Note RNN, in nats.</param>
    public double Of(double theory, double logProbability) => (TheoryScale * theory) + (NoteRnnScale * logProbability);

    /// <summary>Scores a whole melody by the rules, event after event.</summary>
    /// <param name="composition">The melody, and what was heard before it.</param>
    /// <param name="encoding">What class numbers mean.</param>
    /// <param name="timeSignature">The metre that rules assume.</param>
    /// <param name="scored">Told of each event: the weighted sum, and the weighted score of each rule, not scaled.</param>
    public void ForEachEvent(Composition composition, MelodyEncoding encoding, TimeSignature timeSignature, Action<double, ReadOnlySpan<double>> scored)
    {
        ArgumentNullException.ThrowIfNull(composition);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(scored);
        double[] each = new double[Rules.Rules.Length];
        MelodySoFar before = new(encoding, composition.Melody.PlannedLength, timeSignature);
        before.Start(composition.Primer is [.., int last] ? encoding.EventOf(last) : MelodyEvent.Hold);
        foreach (MelodyEvent next in composition.Melody.Events)
        {
            scored(Rules.Score(before, next, each), each);
            before.Append(next);
        }
    }
}
