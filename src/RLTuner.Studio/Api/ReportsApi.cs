using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RLTuner.Reports.Pages;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Api;

/// <summary>The pages of <c>rltuner report</c>.</summary>
internal static class ReportsApi
{
    private const int MostCompared = 50;

    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapGet("/runs/{id}/report.html", (HttpContext context, string id, string? download) =>
        {
            string folder = Tuned(studio, id).Folder.FullPath, page = Path.Combine(folder, RunReport.PageName);
            if (!File.Exists(page) || studio.Queue[id].Status == JobStatus.Running)
            {
                RunReport.Write(folder);
            }

            return Page(context, File.ReadAllBytes(page), $"{id}.html", download);
        });
        api.MapGet("/compare.html", (HttpContext context, string? runs, string? download) =>
        {
            string[] ids = runs?.Split(',') ?? [];
            string[] folders = ids.Length is >= 2 and <= MostCompared && ids.Distinct().Count() == ids.Length
                ? [.. ids.Select(id => Tuned(studio, id).Folder.FullPath)]
                : throw new StudioException(400, $"runs: expected 2 to {MostCompared} different runs with commas between, found {ids.Length}");
            string made = Path.Combine(studio.UploadsFolder, Path.GetRandomFileName());
            try
            {
                string page = Path.Combine(made, "comparison.html");
                RunReport.Compare(folders, page);
                return Page(context, File.ReadAllBytes(page), "comparison.html", download);
            }
            finally
            {
                if (Directory.Exists(made))
                {
                    Directory.Delete(made, recursive: true);
                }
            }
        });
    }

    private static TuneJob Tuned(Studio studio, string id) =>
        studio.Queue[id] as TuneJob ?? throw new StudioException(409, $"expected a run that tunes, found the training '{id}', which has no report");

    private static IResult Page(HttpContext context, byte[] page, string name, string? download)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ReportPolicy;
        return Results.File(page, "text/html; charset=utf-8", download == "1" ? name : null);
    }
}
