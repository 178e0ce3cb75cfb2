using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RLTuner.Music;
using RLTuner.Ratings;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Nets;
using RLTuner.Studio.Rating;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>Calls that let a listener rate blind, and that say what the ratings come to.</summary>
internal static class RatingsApi
{
    /// <summary>The file of ratings, which the command line reads too.</summary>
    public const string FileName = "ratings.jsonl";

    private sealed record PairWish(JsonElement? A = null, JsonElement? B = null, int? Length = null, string? Key = null, string? TimeSignature = null);

    private sealed record ChoiceWish(string? Choice = null);

    private sealed record FitWish(string? RuleSet = null, Dictionary<string, double>? Rules = null);

    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        PairList pairs = new();
        RatedSources sources = new(studio);
        string path = studio.PathTo(FileName);
        api.MapPost("/pairs", (PairWish wish) => Make(studio, pairs, sources, wish));
        api.MapPost("/pairs/{id}", (string id, ChoiceWish wish) => Rate(pairs, path, id, wish));
        api.MapGet("/ratings", () =>
        {
            ImmutableArray<Ratings.Rating> ratings = Read(path);
            return new
            {
                rated = ratings.Length,
                comparisons = Comparison.Of(ratings).Select(found => new
                {
                    better = found.Better,
                    worse = found.Worse,
                    wins = found.Wins,
                    losses = found.Losses,
                    ties = found.Ties,
                    rate = found.Rate,
                    low = found.Interval.Low,
                    high = found.Interval.High,
                }),
            };
        });
        api.MapPost("/ratings/fit", (FitWish wish) => Fit(path, wish));
    }

    private static object Make(Studio studio, PairList pairs, RatedSources sources, PairWish wish)
    {
        Source? a = RatedSources.Parse(wish.A, "a"), b = RatedSources.Parse(wish.B, "b");
        HeardNet? first = a is null ? null : HeardNet.Of(studio, a, wish.Key, wish.TimeSignature);
        HeardNet? second = b is null ? null : HeardNet.Of(studio, b, wish.Key ?? first?.Key.ToString(), wish.TimeSignature ?? first?.Metre.ToString());
        Key key = (first ?? second)?.Key ?? Key.Parse(wish.Key ?? "C major");
        TimeSignature metre = (first ?? second)?.Metre ?? TimeSignature.Parse(wish.TimeSignature ?? "4/4");
        (_, int length) = Given.Amount(1, wish.Length ?? (first ?? second)?.UsualLength ?? 2 * metre.StepsPerBar());
        (string id, Pair pair) = pairs.Add(Melody(a, first), Melody(b, second), key, metre);

        // Nothing but the notes differs.
        return new
        {
            id,
            first = MelodyView.Of(pair.First.Melody, key, metre, "First"),
            second = MelodyView.Of(pair.Second.Melody, key, metre, "Second"),
        };

        RatedMelody Melody(Source? source, HeardNet? net) => net is null ? sources.RealTune(key, metre, length) : sources.Composed(source!, net, length);
    }

    private static object Rate(PairList pairs, string path, string id, ChoiceWish wish)
    {
        RatingChoice choice = wish.Choice switch
        {
            "first" => RatingChoice.A,
            "second" => RatingChoice.B,
            "same" => RatingChoice.Same,
            _ => throw new StudioException(400, $"choice: expected one of first, second, same; found '{wish.Choice}'"),
        };
        Pair pair = pairs.Rate(id, rated => RatingsFile.Append(
            path, new Ratings.Rating(DateTimeOffset.UtcNow, rated.First, rated.Second, rated.Key, rated.TimeSignature, choice)));
        return new { first = pair.First.ToString(), second = pair.Second.ToString(), rated = Read(path).Length };
    }

    private static object Fit(string path, FitWish wish)
    {
        ImmutableArray<Ratings.Rating> ratings = Read(path);
        if (ratings.IsEmpty)
        {
            throw new StudioException(409, "expected ratings to fit the rules to, found none (rate some pairs first)");
        }

        (RuleSetName set, RuleSet rules) = Given.Rules(wish.RuleSet, wish.Rules, Key.CMajor);
        RuleFit fit = RuleFit.Of(ratings, set, rules);
        return new
        {
            rules = fit.Rules.Select(rule => new { name = rule.Name, before = rule.Before, after = rule.After, low = rule.Interval?.Low, high = rule.Interval?.High }),
            ratings = fit.Ratings,
            word = fit.Word,
        };
    }

    private static ImmutableArray<Ratings.Rating> Read(string path) => new FileInfo(path) is { Exists: true, Length: > 0 } ? RatingsFile.Read(path).Ratings : [];
}
