using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Rules;

namespace RLTuner.Cli.Display;

/// <summary>Says which of several melodies was chosen, and why.</summary>
internal static class BestOfText
{
    private const int RulesNamed = 3;

    /// <summary>A sentence, such as <c>the 3rd of 8: rules 21.4, log p -24.1; sum -2.7, the others -14.2 to -5.0. It gains most by cadence +4.2.</c></summary>
    public static string Of(BestMelody choice, BestBy by, RuleSet rules)
    {
        JudgedMelody best = choice.Best;
        double[] others = [.. choice.Worth.Where((_, index) => index != choice.Chosen)];
        string name = by switch { BestBy.Rules => "rules", BestBy.Likelihood => "log p", _ => "sum" };
        string text = FormattableString.Invariant(
            $"took number {choice.Chosen + 1} of {choice.Candidates.Length}: {name} {choice.Worth[choice.Chosen]:0.0}, the others {others.Min():0.0} to {others.Max():0.0}");
        text += by switch
        {
            BestBy.Rules => FormattableString.Invariant($"; log p {best.LogProbability:0.0}"),
            BestBy.Likelihood => FormattableString.Invariant($"; rules {best.Theory:0.0}"),
            _ => FormattableString.Invariant($"; rules {best.Theory:0.0}, log p {best.LogProbability:0.0}"),
        };
        return by == BestBy.Likelihood ? text : text + Ahead(choice, rules);
    }

    /// <summary>The rules by which it is furthest ahead of what they give on average.</summary>
    private static string Ahead(BestMelody choice, RuleSet rules)
    {
        string[] named =
        [
            .. rules.Rules.Select((entry, i) => (entry.Rule.Name, Gain: choice.Best.ByRule[i] - choice.Candidates.Average(candidate => candidate.ByRule[i])))
                .OrderByDescending(rule => rule.Gain).Take(RulesNamed).Where(rule => rule.Gain >= 0.05)
                .Select(rule => $"{rule.Name} {rule.Gain.ToString("+0.0", CultureInfo.InvariantCulture)}"),
        ];
        return named.Length == 0 ? "" : $"; above the mean by {string.Join(", ", named)}";
    }
}
