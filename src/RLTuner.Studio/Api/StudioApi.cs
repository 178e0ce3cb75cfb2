using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RLTuner.Music;
using RLTuner.Runs;
using RLTuner.Settings;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>All calls of the page, each area in a class of its own; here what there is to choose from.</summary>
internal static class StudioApi
{
    /// <summary>Metres that tunes are written in; a run takes others too.</summary>
    private static readonly string[] TimeSignatures = ["4/4", "3/4", "2/4", "2/2", "6/8", "9/8", "12/8", "3/8", "5/4", "7/8"];

    private static readonly Choice[] Algorithms =
    [
        new("pg", "Policy gradient: plays, and makes more likely what earned more; stays at a set distance from the tunes that the net learned."),
        new("q", "Deep Q-learning, as in the paper."),
        new("psi", "Psi-learning: softer than Q-learning, and nearer to the net."),
        new("g", "G-learning: the net itself is the prior."),
        new("pure-rl", "Q-learning on the rules alone, without the net's own taste."),
    ];

    private static readonly Choice[] Presets =
    [
        new("musical", "Our way: rules that prefer music, at a set distance from the tunes that the net learned."),
        new("paper", "The way of Jaques et al. (2017): Q-learning on their nine rules."),
        new("magenta", "The published program's way, its oddities included."),
    ];

    private static readonly Choice[] RuleSets =
    [
        new("musical", "Rules that tell tunes from spoiled ones, in any key and metre."),
        new("theory", "The paper's nine rules, as they are heard."),
        new("magenta", "The published program's rules, exactly; C major alone."),
    ];

    /// <summary>Instruments that carry a melody, by their General MIDI programs.</summary>
    private static readonly Instrument[] Instruments =
    [
        new(0, "Piano"), new(6, "Harpsichord"), new(11, "Vibraphone"), new(12, "Marimba"), new(19, "Church organ"), new(21, "Accordion"), new(24, "Guitar"),
        new(40, "Violin"), new(42, "Cello"), new(46, "Harp"), new(48, "Strings"), new(52, "Choir"), new(56, "Trumpet"), new(60, "French horn"),
        new(65, "Alto saxophone"), new(68, "Oboe"), new(71, "Clarinet"), new(73, "Flute"), new(74, "Recorder"), new(75, "Pan flute"),
    ];

    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapGet("/studio", () => new
        {
            version = typeof(StudioApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            threads = studio.Queue.Threads,
            maxThreads = Environment.ProcessorCount,
            folder = Path.GetFullPath(studio.Folder),
            keys = Enumerable.Range(0, 12).SelectMany(tonic => Mode.Known.Select(mode => new Key(tonic, mode).ToString())),
            timeSignatures = TimeSignatures,
            algorithms = Algorithms.Where(choice => Learners.All.Any(kind => kind.Names.Contains(choice.Name))),
            presets = Presets,
            ruleSets = RuleSets,
            instruments = Instruments,
        });
        api.MapPut("/studio/threads", (ThreadsBody body) =>
        {
            studio.Queue.Threads = body.Threads >= 1 && body.Threads <= Environment.ProcessorCount ? body.Threads
                : throw new StudioException(400, $"threads: expected a whole number from 1 to {Environment.ProcessorCount}, found {body.Threads}");
            return new { threads = studio.Queue.Threads };
        });
        api.MapGet("/settings", (string? preset, string? algorithm) => new { groups = SettingForm.Groups(preset, algorithm) });
        NetsApi.Map(api, studio);
        RunsApi.Map(api, studio);
        ReportsApi.Map(api, studio);
        UploadsApi.Map(api, studio);
        TrainingsApi.Map(api, studio);
        MelodiesApi.Map(api, studio);
        JudgementApi.Map(api, studio);
        ExportApi.Map(api);
        RatingsApi.Map(api, studio);
        api.Map("/{**rest}", () => Results.Json(new { error = "expected a call of the studio, found none of that name" }, statusCode: 404));
    }

    private sealed record Choice(string Name, string Meaning);

    private sealed record Instrument(int Number, string Name);

    private sealed record ThreadsBody(int Threads);
}
