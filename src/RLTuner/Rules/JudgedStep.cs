using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules;

/// <summary>What a rule says of a step.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Score">Its weighted score.</param>
/// <param name="Why">One sentence for a musician; empty where the score is 0 or there is nothing to say.</param>
public readonly record struct RuleVerdict(string Rule, double Score, string Why);

/// <summary>What the rules say of a step.</summary>
/// <param name="Event">What was played.</param>
/// <param name="Total">The sum of all scores.</param>
/// <param name="Verdicts">What each rule says, in the order of the set.</param>
public sealed record JudgedStep(MelodyEvent Event, double Total, ImmutableArray<RuleVerdict> Verdicts)
{
    /// <summary>What the rules say of each step of a melody.</summary>
    /// <param name="melody">The melody.</param>
    /// <param name="encoding">What class numbers mean; all pitches lie in it.</param>
    /// <param name="timeSignature">The metre that rules assume.</param>
    /// <param name="rules">The rules.</param>
    /// <exception cref="ArgumentException">A pitch lies outside the encoding.</exception>
    public static ImmutableArray<JudgedStep> Of(Melody melody, MelodyEncoding encoding, TimeSignature timeSignature, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(melody);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(rules);
        MelodySoFar before = new(encoding, melody.PlannedLength, timeSignature);
        double[] each = new double[rules.Rules.Length];
        ImmutableArray<JudgedStep>.Builder steps = ImmutableArray.CreateBuilder<JudgedStep>(melody.Events.Length);
        foreach (MelodyEvent next in melody.Events)
        {
            double total = rules.Score(before, next, each);
            steps.Add(new JudgedStep(next, total,
                [.. rules.Rules.Select((entry, i) => new RuleVerdict(entry.Rule.Name, each[i], each[i] == 0 ? "" : entry.Rule.Explain(before, next)))]));
            before.Append(next);
        }

        return steps.MoveToImmutable();
    }
}
