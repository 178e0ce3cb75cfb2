using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RLTuner.Studio.Api;

/// <summary>All calls of the page; each area maps its own.</summary>
internal static class StudioApi
{
    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapGet("/studio", () => new { version = Version, folder = Path.GetFullPath(studio.Folder) });
        api.Map("/{**rest}", () => Results.Json(new { error = "expected a call of the studio, found none of that name" }, statusCode: 404));
    }

    private static string Version =>
        typeof(StudioApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
