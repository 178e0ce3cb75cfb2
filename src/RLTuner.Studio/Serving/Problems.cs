using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RLTuner.Corpus.Building;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Ratings;
using RLTuner.Runs;
using RLTuner.Scores;
using RLTuner.TensorFlow;

namespace RLTuner.Studio.Serving;

/// <summary>Turns what is thrown into <c>{ "error": … }</c> and a status.</summary>
internal static class Problems
{
    /// <summary>Answers in place of what throws.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            (int status, string message) = Of(error);
            await AnswerAsync(context, status, message).ConfigureAwait(false);
        }
    }

    /// <summary>Answers with a sentence.</summary>
    public static Task AnswerAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = PlainText.Of(message) });
    }

    /// <summary>What is said of an error.</summary>
    public static (int Status, string Message) Of(Exception error) => error switch
    {
        StudioException refused => (refused.Status, refused.Message),
        BadHttpRequestException { InnerException: JsonException json } => (400, $"expected JSON as docs/studio.md has it, found something else at {json.Path ?? "its beginning"}"),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        RunInUseException inUse => (409, inUse.Message),
        ArgumentException or FormatException or InvalidDataException => (400, PlainText.WithoutParameter(error.Message)),
        NoteRnnFormatException or CheckpointFormatException or ScoreFormatException or MelodyFormatException or CorpusException or RatingFormatException => (400, error.Message),
        FileNotFoundException or DirectoryNotFoundException => (404, FileProblem.Of(error)),
        IOException or UnauthorizedAccessException => (500, FileProblem.Of(error)),
        OutOfMemoryException => (500, "out of memory: try less at once (fewer files or melodies, a smaller net)"),
        _ => (500, $"unexpected error, please report it: {error.GetType().Name}: {error.Message}"),
    };
}
