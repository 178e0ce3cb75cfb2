using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RLTuner.Studio.Uploads;

namespace RLTuner.Studio.Api;

/// <summary>Files and folders that are dropped on the page.</summary>
internal static class UploadsApi
{
    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        UploadReader reader = new(studio);
        api.MapPost("/uploads", async (HttpContext context) =>
        {
            using ReceivedFiles files = await ReceivedFiles.TakeAsync(context, studio.UploadsFolder, studio.Options.MostUploadBytes).ConfigureAwait(false);
            CancellationToken gone = context.RequestAborted;
            return context.Request.Query["as"] == "melody" ? UploadReader.ReadMelodies(files) : await Task.Run(() => reader.Read(files, gone), gone).ConfigureAwait(false);
        });
    }
}
