using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Ratings;

/// <summary>What ratings make of a rule.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Before">Its present weight.</param>
/// <param name="After">The fitted one; the present one where the rule gave both melodies of every pair the same.</param>
/// <param name="Interval">Where the listener's own weight lies, in 95 of 100 cases; nothing where the ratings cannot tell.</param>
public sealed record FittedRule(string Name, double Before, double After, ConfidenceInterval? Interval);

/// <summary>Weights of rules that make them prefer what a listener prefers; docs/ratings.md has the model.</summary>
/// <param name="Rules">Each rule, in the order of the set.</param>
/// <param name="Ratings">How many ratings there were.</param>
/// <param name="Sharpness">The log of the odds that one more point of the rules gives a melody: near 0 the choices look like chance.</param>
public sealed record RuleFit(ImmutableArray<FittedRule> Rules, int Ratings, double Sharpness)
{
    /// <summary>Fewer ratings say little of a dozen rules.</summary>
    public const int FewRatings = 20;

    /// <summary>What a reader should know before the weights are used; null where there is nothing.</summary>
    public string? Word =>
        Ratings < FewRatings ? FormattableString.Invariant($"only {Ratings} of at least {FewRatings} ratings: the weights stay near the present ones; rate more pairs")
        : Rules.All(rule => rule.Interval is not { } interval || (interval.Low <= rule.Before && rule.Before <= interval.High))
            ? "no weight has moved beyond what chance explains; rate more pairs"
        : null;

    /// <summary>The fitted weights by the rules' names, as <c>--rules</c> takes them.</summary>
    public IReadOnlyDictionary<string, double> Weights => Rules.ToDictionary(rule => rule.Name, rule => rule.After);

    /// <summary>Fits the weights of rules.</summary>
    /// <param name="ratings">The ratings, at least one.</param>
    /// <param name="set">Whose rules.</param>
    /// <param name="present">The rules with their present weights; each rating judges by the same rules in its own key and metre.</param>
    /// <exception cref="ArgumentException">There is no rating, or a pitch lies beyond what Magenta's rules know.</exception>
    public static RuleFit Of(IReadOnlyList<Rating> ratings, RuleSetName set, RuleSet present)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(present);
        if (ratings.Count == 0)
        {
            throw new ArgumentException("expected at least one rating, found none", nameof(ratings));
        }

        Dictionary<string, double> unweighted = present.Rules.ToDictionary(entry => entry.Rule.Name, _ => 1.0);
        double[][] differences = [.. ratings.Select(rating => Difference(rating, set, unweighted))];
        double[] weights = [.. present.Rules.Select(entry => entry.Weight)];
        int[] varied = [.. Enumerable.Range(0, weights.Length).Where(rule => differences.Any(row => row[rule] != 0))];
        BradleyTerry.Result? fit = varied.Length == 0 ? null : BradleyTerry.Fit(
            [.. differences.Select(row => varied.Select(rule => row[rule]).ToArray())], [.. ratings.Select(rating => rating.Won)],
            [.. varied.Select(rule => weights[rule])], Width(weights));
        FittedRule[] rules = [.. present.Rules.Select(entry => new FittedRule(entry.Rule.Name, entry.Weight, entry.Weight, null))];
        for (int i = 0; i < varied.Length; i++)
        {
            Estimate found = new(fit!.Weights[i], fit.Deviations[i]);
            rules[varied[i]] = rules[varied[i]] with { After = found.Value, Interval = found.Interval };
        }

        return new RuleFit([.. rules], ratings.Count, fit?.Sharpness ?? 0);
    }

    /// <summary>How far a listener's weights are taken to be from the present ones: half of what a weight is on the whole.</summary>
    private static double Width(double[] weights) => weights.Average(Math.Abs) is > 0 and var mean ? mean / 2 : 0.5;

    private static double[] Difference(Rating rating, RuleSetName set, IReadOnlyDictionary<string, double> unweighted)
    {
        RuleSet rules = RulePresets.Of(set, rating.Key, unweighted);
        double[] a = Scores(rating.A.Melody), b = Scores(rating.B.Melody);
        return [.. a.Zip(b, (one, other) => one - other)];

        double[] Scores(Melody melody) =>
            new MelodyJudge(rules, RulePresets.EncodingOf(set), rating.TimeSignature, melody.Events.Length).ScoresByRule(melody.Events.AsSpan());
    }
}
