using System.Collections.Immutable;
using RLTuner.Evaluation;

namespace RLTuner.Ratings;

/// <summary>How two kinds of melodies did against each other.</summary>
/// <param name="Better">What won at least as often, such as <c>after</c>; runs or nets of one kind are told apart by their names.</param>
/// <param name="Worse">What it was held against.</param>
/// <param name="Wins">How often the better one was chosen.</param>
/// <param name="Losses">How often the other.</param>
/// <param name="Ties">How often neither.</param>
public sealed record Comparison(string Better, string Worse, int Wins, int Losses, int Ties)
{
    /// <summary>Ratings in all.</summary>
    public int Count => Wins + Losses + Ties;

    /// <summary>The share that the better one won; a tie is half a win for each.</summary>
    public double Rate => (Wins + (Ties / 2.0)) / Count;

    /// <summary>
    /// Where the rate of very many such ratings lies, in 95 of 100 cases: Wilson's interval, which takes a tie for half a win and half a loss of one case. Ties vary less than wins
    /// and losses, so that with many ties it is somewhat wide.
    /// </summary>
    public ConfidenceInterval Interval => ConfidenceInterval.Wilson(Wins + (Ties / 2.0), Count);

    /// <summary>Compares what was compared, the most often first. A melody against another of the same source tells nothing and is left out.</summary>
    public static ImmutableArray<Comparison> Of(IEnumerable<Rating> ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return
        [
            .. ratings.Select(Named).Where(rating => rating.First != rating.Second)
                .GroupBy(rating => (rating.First, rating.Second))
                .Select(group => Oriented(group.Key.First, group.Key.Second, [.. group.Select(rating => rating.Won)]))
                .OrderByDescending(comparison => comparison.Count).ThenBy(comparison => comparison.Better, StringComparer.Ordinal).ThenBy(comparison => comparison.Worse, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a source is called beside another: by its kind, or, where both are of one kind, by its name and step.</summary>
    private static (string First, string Second, double Won) Named(Rating rating)
    {
        (string a, string b) = rating.A.Kind == rating.B.Kind ? ($"{rating.A}", $"{rating.B}") : (rating.A.KindWord, rating.B.KindWord);
        return string.CompareOrdinal(a, b) <= 0 ? (a, b, rating.Won) : (b, a, 1 - rating.Won);
    }

    private static Comparison Oriented(string first, string second, IReadOnlyCollection<double> won)
    {
        int wins = won.Count(share => share == 1), losses = won.Count(share => share == 0), ties = won.Count - wins - losses;
        return wins >= losses ? new(first, second, wins, losses, ties) : new(second, first, losses, wins, ties);
    }
}
