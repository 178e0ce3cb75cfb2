using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Writing;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>The call that makes a file of a melody.</summary>
internal static class ExportApi
{
    private const int LongestTitle = 200, LongestName = 60;

    private const double SlowestTempo = 20, FastestTempo = 400, MostMinutesOfSound = 10;

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["midi"] = "audio/midi",
        ["musicxml"] = "application/vnd.recordare.musicxml+xml",
        ["abc"] = "text/vnd.abc",
        ["wav"] = "audio/wav",
    };

    private sealed record ExportWish(
        int[]? Events = null, string? Key = null, string? TimeSignature = null, string? Title = null, string? Format = null, double? Tempo = null, int? Instrument = null, int? Transpose = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/export", (ExportWish wish) =>
    {
        string word = wish.Format ?? "";
        MelodyFormat format = MediaTypes.ContainsKey(word)
            ? MelodyFormat.Known.Single(known => known.Name == word)
            : throw new StudioException(400, $"format: expected one of {string.Join(", ", MediaTypes.Keys)}; found '{word}'");
        string title = wish.Title is { Length: > LongestTitle }
            ? throw new StudioException(400, $"title: expected at most {LongestTitle} characters, found {wish.Title.Length}")
            : string.IsNullOrWhiteSpace(wish.Title) ? "Melody" : wish.Title;
        double tempo = wish.Tempo is null or (>= SlowestTempo and <= FastestTempo)
            ? wish.Tempo ?? MelodyWriterOptions.Default.Tempo
            : throw new StudioException(400, $"tempo: expected a number from {SlowestTempo} to {FastestTempo}, found {wish.Tempo}");
        int up = Given.Number(wish.Transpose ?? 0, "transpose", -127, 127);
        Melody melody = Given.Melody(wish.Events).Transposed(up);
        double minutes = melody.Events.Length / (tempo * Melody.StepsPerQuarter);
        if (word == "wav" && minutes > MostMinutesOfSound)
        {
            throw new StudioException(400, $"format: expected at most {MostMinutesOfSound} minutes of sound, found {minutes:0} (raise the tempo, or take MIDI)");
        }

        MelodyWriterOptions options = new MelodyWriterOptions
        {
            Key = Key.Parse(wish.Key ?? "C major").Transposed(up),
            TimeSignature = TimeSignature.Parse(wish.TimeSignature ?? "4/4"),
            Tempo = tempo,
            Program = Given.Number(wish.Instrument ?? 0, "instrument", 0, 127),
            Name = title,
        }.Validated();
        MemoryStream file = new();
        format.WriteTo(file, melody, options);
        file.Position = 0;
        return Results.Stream(file, MediaTypes[word], Ids.WordOf(title, LongestName, "melody") + format.Endings[0]);
    });
}
