using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RLTuner.Corpus;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>Corpora, and nets that learn from them.</summary>
internal static class TrainingsApi
{
    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapGet("/corpora", () => new { corpora = studio.Corpora.All });
        api.MapDelete("/corpora/{id}", (string id) =>
        {
            if (studio.Queue.All.FirstOrDefault(job => job.Record.Corpus == id && job.Status != JobStatus.Done) is { } training)
            {
                throw new StudioException(409, $"expected a corpus that no net learns from, found '{id}', which '{training.Record.Title}' needs (remove the training first)");
            }

            studio.Corpora.Remove(id);
            return Results.NoContent();
        });
        api.MapPost("/trainings", (TrainingBody request) => Start(studio, request).Summary());
    }

    private static Job Start(Studio studio, TrainingBody request)
    {
        string path = studio.Corpora.PathOf(request.Corpus);
        Dictionary<string, string> texts = request.Settings ?? [];
        TrainingSettings settings = TrainingSettings.Parse(texts);

        // What cannot be trained is refused at once.
        _ = settings.Begin(CorpusFile.Load(path), settings.Options.Epochs);
        string id = studio.NewId($"{request.Corpus}-net"), title = RunsApi.TitleOf(request.Title, id);
        studio.Nets.SetName(id, title);
        return studio.Add(studio.JobOf(new JobRecord(id, JobRecord.Train, title, DateTimeOffset.UtcNow, JobStatus.Waiting)
        {
            Steps = settings.Options.Epochs,
            Corpus = request.Corpus,
            Settings = texts,
        }));
    }

    /// <summary>What a page asks of a training.</summary>
    private sealed record TrainingBody(string Corpus, string? Title = null, Dictionary<string, string>? Settings = null);
}
