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

    /// <summary>The same rules with other weights; rules that are not named keep theirs.</summary>
    /// <param name="weights">Weights by rule name.</param>
    /// <exception cref="ArgumentException">A name is not of this set (the message lists those that are), or a weight is not a number.</exception>
    public RuleSet WithWeights(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        string[] unknown = [.. weights.Keys.Where(name => Rules.All(entry => entry.Rule.Name != name)).Order(StringComparer.Ordinal)];
        return unknown.Length > 0
            ? throw new ArgumentException(
                $"expected weights for rules among {string.Join(", ", Rules.Select(entry => entry.Rule.Name))}; "
                + $"found '{string.Join("', '", unknown)}'",
                nameof(weights))
            : new RuleSet(Rules.Select(entry => entry with { Weight = weights.GetValueOrDefault(entry.Rule.Name, entry.Weight) }));
    }
}

/// <summary>A rule and how much it counts.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Weight">Factor on its score; 0 switches it off.</param>
public readonly record struct WeightedRule(IRule Rule, double Weight = 1);
