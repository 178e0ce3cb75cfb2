using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Runs;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Melodies;
using RLTuner.Studio.Nets;

namespace RLTuner.Studio.Api;

/// <summary>Runs: asked for, listed, looked into, paused, gone on with, removed; and what happens in them, as it happens.</summary>
internal static class RunsApi
{
    private const int LongestTitle = 200;

    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapGet("/runs", () => ListOf(studio));
        api.MapPost("/runs", (RunRequestBody request) => Start(studio, request).Summary());
        api.MapGet("/runs/{id}", (string id) => Detail(studio.Queue[id]));
        api.MapPost("/runs/{id}/pause", (string id) => studio.Queue.Pause(id).Summary());
        api.MapPost("/runs/{id}/resume", (string id) => studio.Queue.Resume(id).Summary());
        api.MapPost("/runs/{id}/continue", (string id, StepsBody body) => studio.Queue.Continue(id, body.Steps).Summary());
        api.MapDelete("/runs/{id}", async (string id) =>
        {
            await studio.Queue.DeleteAsync(id).ConfigureAwait(false);
            return Results.NoContent();
        });
        api.MapGet("/events", (HttpContext context) => studio.Events.ServeAsync(context, "runs", () => ListOf(studio)));
    }

    /// <summary>A title as it is shown: of one line and some length.</summary>
    public static string TitleOf(string? asked, string otherwise) => asked?.Trim() is not { Length: > 0 } title ? otherwise
        : PlainText.Of(title.Length > LongestTitle ? title[..LongestTitle] : title);

    private static object ListOf(Studio studio) => new { runs = studio.Queue.All.Select(job => job.Summary()).ToArray() };

    private static Job Start(Studio studio, RunRequestBody request)
    {
        string source = studio.Nets.PathOf(request.Net ?? ShippedNoteRnn.Shipped);
        NoteRnnModel net = NetList.Load(source);

        // The net comes last: no setting may name a file.
        (string Name, string? Text)[] named =
        [
            ("preset", request.Preset), ("algorithm", request.Algorithm), ("rule-set", request.RuleSet), ("key", request.Key),
            ("time-signature", request.TimeSignature), ("note-rnn", source),
        ];
        IEnumerable<KeyValuePair<string, string>> values =
        [
            .. request.Settings ?? [],
            .. (request.Rules ?? []).Select(rule => KeyValuePair.Create("rules." + rule.Key, FormattableString.Invariant($"{rule.Value}"))),
            .. named.Where(value => value.Text is not null).Select(value => KeyValuePair.Create(value.Name, value.Text!)),
        ];
        RunPlan plan = new RunMaker(_ => net).Make(values);
        string id = studio.NewId($"{plan.Learner.Algorithm}-1"), path = studio.RunPath(id);

        // Begun here, so that what cannot be is refused at once; the queue goes on with it.
        using (RunSession session = RunSession.Start(plan, net, path, new RunEnvironment()))
        {
            plan = session.Plan;
        }

        JobRecord record = new(id, JobRecord.Tune, TitleOf(request.Title, id), DateTimeOffset.UtcNow, JobStatus.Waiting) { Steps = plan.TrainingSteps };
        return studio.Add(new TuneJob(record, path));
    }

    private static RunDetail Detail(Job job)
    {
        RunDetail detail = new(job.Summary()) { Windows = job.Windows() };
        if (job is not TuneJob tune)
        {
            return detail with { Result = job is TrainJob { Net: var net } && File.Exists(net) ? job.Id : null };
        }

        RunRecord run = RunRecord.Read(tune.Folder.FullPath);
        return detail with
        {
            Settings = [.. run.Plan.SettingValues.Select(value => new NamedText(value.Setting.Name, value.Setting.TextIn(value.Owner)))],
            Rules = WeightsOf(run.Theory),
            Nets = tune.Folder.NetSteps(),
            Before = Views("before", run.Before),
            After = Views("after", run.After),
            Metrics = run.Metrics is { } metrics ? new RunFigures(metrics.Before.ToJson(), metrics.After.ToJson()) : null,
        };

        IReadOnlyList<MelodyView> Views(string when, IEnumerable<Music.Melody> melodies) =>
            [.. melodies.Select((melody, i) => MelodyView.Of(melody, run.Theory.Key, run.Theory.TimeSignature, $"{job.Record.Title} {when} {i + 1}"))];
    }

    /// <summary>Of every rule of the set, as a page takes the usual weight for one that is not named: what the run's mode leaves out weighs nothing.</summary>
    private static Dictionary<string, double> WeightsOf(Theory theory)
    {
        Dictionary<string, double> weights = RulePresets.Of(theory.RuleSet, RewardMode.MusicTheoryAll, theory.Key).Rules.ToDictionary(entry => entry.Rule.Name, _ => 0.0);
        foreach (WeightedRule entry in theory.Rules.Rules)
        {
            weights[entry.Rule.Name] = entry.Weight;
        }

        return weights;
    }

    /// <summary>What a page asks of a run.</summary>
    internal sealed record RunRequestBody(
        string? Title = null,
        string? Net = null,
        string? Preset = null,
        string? Algorithm = null,
        string? RuleSet = null,
        string? Key = null,
        string? TimeSignature = null,
        Dictionary<string, double>? Rules = null,
        Dictionary<string, string>? Settings = null);

    /// <summary>How far a run is to go.</summary>
    internal sealed record StepsBody(long Steps);
}
