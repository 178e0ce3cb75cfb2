using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;

namespace RLTuner.Evaluation.RuleTesting;

/// <summary>Adds up what rules give whole melodies. Keeps buffers: one thread at a time.</summary>
/// <param name="rules">The rules.</param>
/// <param name="encoding">What the melodies' pitches lie in.</param>
/// <param name="timeSignature">The metre.</param>
/// <param name="length">The length of every melody.</param>
public sealed class MelodyJudge(RuleSet rules, MelodyEncoding encoding, TimeSignature timeSignature, int length)
{
    private readonly MelodySoFar _before = new(encoding, length, timeSignature);
    private readonly double[] _each = new double[rules.Rules.Length];

    /// <summary>The sum of all weighted scores.</summary>
    /// <param name="events">The melody.</param>
    public double Score(ReadOnlySpan<MelodyEvent> events) => Add(events, default);

    /// <summary>The sum of the weighted scores of each rule.</summary>
    /// <param name="events">The melody.</param>
    public double[] ScoresByRule(ReadOnlySpan<MelodyEvent> events)
    {
        double[] sums = new double[_each.Length];
        Add(events, sums);
        return sums;
    }

    private double Add(ReadOnlySpan<MelodyEvent> events, Span<double> byRule)
    {
        double sum = 0;
        _before.Start(MelodyEvent.Hold);
        foreach (MelodyEvent next in events)
        {
            sum += rules.Score(_before, next, _each);
            for (int i = 0; i < byRule.Length; i++)
            {
                byRule[i] += _each[i];
            }

            _before.Append(next);
        }

        return sum;
    }
}
