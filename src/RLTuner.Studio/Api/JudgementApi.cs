using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Runs;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Nets;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>Calls that say something of melodies: what rules give, what nets expect, what is heard beside a corpus.</summary>
internal static class JudgementApi
{
    private const int LikeliestShown = 4;

    private sealed record ExplainWish(
        int[]? Events = null, string? Key = null, string? TimeSignature = null, string? RuleSet = null, Dictionary<string, double>? Rules = null, Source? Source = null);

    private sealed record ExpectationsWish(Source? Source = null, int[]? Events = null, string? Key = null, string? TimeSignature = null);

    private sealed record HistogramsWish(Source? Source = null, int? Count = null);

    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        RuleExamples examples = new();
        api.MapGet("/rules", (string? set, string? key, string? timeSignature) => new { rules = examples.Of(set, key, timeSignature) });
        api.MapPost("/explain", (ExplainWish wish) => Explain(studio, wish));
        api.MapPost("/expectations", (ExpectationsWish wish) => Expectations(studio, wish));
        api.MapPost("/histograms", (HistogramsWish wish) => new { histograms = Histograms(studio, wish) });
    }

    private static object Explain(Studio studio, ExplainWish wish)
    {
        Melody melody = Given.Melody(wish.Events);
        Key key = Key.Parse(wish.Key ?? "C major");
        TimeSignature metre = TimeSignature.Parse(wish.TimeSignature ?? "4/4");
        (RuleSetName set, RuleSet rules) = Given.Rules(wish.RuleSet, wish.Rules, key);
        ImmutableArray<JudgedStep> steps = JudgedStep.Of(melody, RulePresets.EncodingOf(set), metre, rules);
        HeardNet? net = wish.Source is null ? null : HeardNet.Of(studio, wish.Source, key.ToString(), metre.ToString());
        ImmutableArray<NoteProbabilityStep> expected = net?.Expectations(melody)?.Steps ?? [];
        ImmutableArray<int?> events = net?.Events ?? [];
        return new
        {
            sum = steps.Sum(step => step.Total),
            sums = rules.Rules.Select((entry, rule) => (entry.Rule.Name, Sum: steps.Sum(step => step.Verdicts[rule].Score))).ToDictionary(sum => sum.Name, sum => sum.Sum),
            steps = steps.Select((step, index) => new
            {
                total = step.Total,
                rules = step.Verdicts.Where(said => said.Score != 0).Select(said => new { name = said.Rule, score = said.Score, why = said.Why }),
                p = IsAsked(index) ? expected[index].Probabilities[expected[index].Played] : (double?)null,
                likely = IsAsked(index) ? Likely(expected[index], events) : [],
            }),
        };

        bool IsAsked(int step) => step < expected.Length && !(step == 0 && net!.NeedsFirst);
    }

    private static IEnumerable<object> Likely(NoteProbabilityStep step, ImmutableArray<int?> events) =>
        from number in Enumerable.Range(0, events.Length)
            .Where(number => events[number] is not null).OrderByDescending(number => step.Probabilities[number]).Take(LikeliestShown)
        select new { @event = events[number], p = step.Probabilities[number] };

    private static object Expectations(Studio studio, ExpectationsWish wish)
    {
        Melody melody = Given.Melody(wish.Events);
        HeardNet net = HeardNet.Of(studio, wish.Source, wish.Key, wish.TimeSignature);
        NoteProbabilities found = net.Expectations(melody)
            ?? throw new StudioException(400, $"events: expected pitches that the net knows, found others; it knows {net.Model.Encoding} of its own key (transpose the melody)");
        return new
        {
            events = net.Events.Select(number => number ?? -1),
            steps = found.Steps.Select(step => new { played = step.Played, p = step.Probabilities.Select(p => Math.Round(p, 4)) }),
        };
    }

    private static ImmutableArray<HistogramAnswer> Histograms(Studio studio, HistogramsWish wish)
    {
        HeardNet net = HeardNet.Of(studio, wish.Source, null, null);
        (int count, int length) = Given.Amount(wish.Count ?? Given.MostMelodies, net.UsualLength);
        return HistogramAnswer.Of(net.Compose(count, length, 1, new Sampling()).Melodies, net);
    }
}
