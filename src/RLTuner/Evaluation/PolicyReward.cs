using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;

namespace RLTuner.Evaluation;

/// <summary>What melodies earn: means over melodies of sums over their steps.</summary>
/// <param name="Theory">Mean sum of the theory reward, weighted by the rules' weights, not scaled.</param>
/// <param name="NoteRnn">Mean sum of log p under the Note RNN, in nats.</param>
/// <param name="LastTheory">Mean theory reward of the last step alone: all that the original's evaluation keeps.</param>
/// <param name="LastNoteRnn">Mean log p of the last step alone.</param>
public sealed record PolicyReward(double Theory, double NoteRnn, double LastTheory, double LastNoteRnn)
{
    /// <summary>Scores melodies.</summary>
    /// <param name="compositions">At least one melody, none empty.</param>
    /// <param name="rules">The theory.</param>
    /// <param name="noteRnn">Whose log p is taken.</param>
    /// <param name="timeSignature">The metre that rules assume.</param>
    /// <exception cref="ArgumentException">There is no melody, or one without events.</exception>
    public static PolicyReward Of(IReadOnlyList<Composition> compositions, RuleSet rules, IPolicy noteRnn, TimeSignature timeSignature)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(noteRnn);
        if (compositions.Count == 0 || compositions.Any(composition => composition.Melody.Events.IsEmpty))
        {
            throw new ArgumentException("expected at least one melody and none without events", nameof(compositions));
        }

        IReadOnlyList<float[]> logProbabilities = Likelihood.LogProbabilities(noteRnn, compositions);
        double theory = 0, likelihood = 0, lastTheory = 0, lastLikelihood = 0;
        double[] each = new double[rules.Rules.Length];
        for (int i = 0; i < compositions.Count; i++)
        {
            Melody melody = compositions[i].Melody;
            MelodySoFar before = new(noteRnn.Encoding, melody.PlannedLength, timeSignature);
            before.Start(noteRnn.Encoding.EventOf(compositions[i].Primer[^1]));
            double last = 0;
            foreach (MelodyEvent next in melody.Events)
            {
                last = rules.Score(before, next, each);
                theory += last;
                before.Append(next);
            }

            lastTheory += last;
            likelihood += logProbabilities[i].Sum(logProbability => (double)logProbability);
            lastLikelihood += logProbabilities[i][^1];
        }

        return new PolicyReward(
            theory / compositions.Count, likelihood / compositions.Count, lastTheory / compositions.Count, lastLikelihood / compositions.Count);
    }
}
