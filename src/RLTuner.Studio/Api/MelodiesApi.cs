using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Nets;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>Calls that compose: melodies, bars anew, more bars.</summary>
internal static class MelodiesApi
{
    /// <summary>Bars that one call may add.</summary>
    private const int MostBars = 64;

    private sealed record MelodiesWish(
        Source? Source = null, int? Count = null, ulong? Seed = null, int? Length = null, string? Key = null, string? TimeSignature = null, double? Temperature = null, double? TopP = null, int[]? Opening = null);

    private sealed record RecomposeWish(int[]? Events = null, bool[]? Keep = null, Source? Source = null, ulong? Seed = null, string? Key = null, string? TimeSignature = null);

    private sealed record ContinueWish(int[]? Events = null, int? Bars = null, Source? Source = null, ulong? Seed = null, string? Key = null, string? TimeSignature = null);

    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapPost("/melodies", (MelodiesWish wish) => new { melodies = Compose(studio, wish) });
        api.MapPost("/recompose", (RecomposeWish wish) => Recompose(studio, wish));
        api.MapPost("/continue", (ContinueWish wish) => new { melody = Continue(studio, wish) });
    }

    private static ImmutableArray<MelodyView> Compose(Studio studio, MelodiesWish wish)
    {
        HeardNet net = HeardNet.Of(studio, wish.Source, wish.Key, wish.TimeSignature);
        Sampling sampling = new Sampling { Temperature = wish.Temperature ?? 1, TopP = wish.TopP ?? 1 }.Validated();
        ulong seed = wish.Seed ?? 1;
        Melody? opening = wish.Opening is { Length: > 0 } events ? Given.Melody(events, "opening") : null;
        int before = opening?.Events.Length ?? 0;
        (int count, int length) = Given.Amount(wish.Count ?? 1, wish.Length ?? Math.Max(net.UsualLength, before + net.UsualLength));
        if (length <= before)
        {
            throw new StudioException(400, $"length: expected more steps than the {before} of the opening, found {length}");
        }

        (ImmutableArray<Melody> melodies, int given) = opening is null
            ? net.Compose(count, length, seed, sampling)
            : ([.. Enumerable.Range(0, count).Select(index => net.Continue(opening, length - before, seed + (ulong)index, sampling))], before);
        return [.. melodies.Select((melody, index) => MelodyView.Of(melody, net.Key, net.Metre, $"Melody {index + 1}", given))];
    }

    private static object Recompose(Studio studio, RecomposeWish wish)
    {
        Melody melody = Given.Melody(wish.Events);
        HeardNet net = HeardNet.Of(studio, wish.Source, wish.Key, wish.TimeSignature);
        int bar = net.Metre.StepsPerBar(), bars = (melody.Events.Length + bar - 1) / bar;
        bool[] keep = wish.Keep is { } said && said.Length == bars
            ? said
            : throw new StudioException(400, $"keep: expected an answer for each of the {bars} bars, found {wish.Keep?.Length ?? 0}");
        Infill filled = net.Fill(melody, [.. Enumerable.Range(0, melody.Events.Length).Select(step => keep[step / bar])], wish.Seed ?? 1);
        return new
        {
            melody = MelodyView.Of(filled.Melody, net.Key, net.Metre, "Melody"),
            tries = filled.Tries,
            accepted = (int)Math.Round(filled.EffectiveTries),
            word = filled.Word,
        };
    }

    private static MelodyView Continue(Studio studio, ContinueWish wish)
    {
        Melody melody = Given.Melody(wish.Events);
        HeardNet net = HeardNet.Of(studio, wish.Source, wish.Key, wish.TimeSignature);
        int bar = net.Metre.StepsPerBar(), length = melody.Events.Length;
        int steps = (((length + bar - 1) / bar) + Given.Number(wish.Bars ?? 1, "bars", 1, MostBars)) * bar;
        Given.Number(steps, "bars", 1, Given.MostSteps);
        return MelodyView.Of(net.Continue(melody, steps - length, wish.Seed ?? 1), net.Key, net.Metre, "Melody", length);
    }
}
