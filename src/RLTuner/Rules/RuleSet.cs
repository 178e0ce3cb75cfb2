using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules;

/// <summary>Rules with their weights; the theory reward of an event is the weighted sum of their scores.</summary>
public sealed class RuleSet
{
    /// <summary>Creates a set.</summary>
    /// <exception cref="ArgumentException">Two rules share a name, or a weight is not a number.</exception>
    public RuleSet(IEnumerable<WeightedRule> rules)
    {
        Rules = [.. rules];
        if (Rules.GroupBy(entry => entry.Rule.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"expected each rule once, found '{twice.Key}' {twice.Count()} times", nameof(rules));
        }

        if (Rules.FirstOrDefault(entry => !double.IsFinite(entry.Weight)) is { Rule: not null } bad)
        {
            throw new ArgumentException($"expected a finite weight for rule '{bad.Rule.Name}', found {bad.Weight}", nameof(rules));
        }
    }

    /// <summary>The rules in the order of their scores.</summary>
    public ImmutableArray<WeightedRule> Rules { get; }

    /// <summary>The weighted sum of all scores.</summary>
    /// <param name="before">What was played.</param>
    /// <param name="next">The event to judge.</param>
    /// <param name="each">Receives the weighted score of each rule, in the order of <see cref="Rules"/>.</param>
    public double Score(MelodySoFar before, MelodyEvent next, Span<double> each)
    {
        double total = 0;
        for (int i = 0; i < Rules.Length; i++)
        {
            each[i] = Rules[i].Weight * Rules[i].Rule.Score(before, next);
            total += each[i];
        }

        return total;
    }
}

/// <summary>A rule and how much it counts.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Weight">Factor on its score; 0 switches it off.</param>
public readonly record struct WeightedRule(IRule Rule, double Weight = 1);
