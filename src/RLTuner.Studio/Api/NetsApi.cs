using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RLTuner.Studio.Api;

/// <summary>The nets that can be tuned and heard.</summary>
internal static class NetsApi
{
    public static void Map(IEndpointRouteBuilder api, Studio studio)
    {
        api.MapGet("/nets", () => new { nets = studio.Nets.All });
        api.MapDelete("/nets/{id}", async (string id) =>
        {
            await studio.Nets.RemoveAsync(id).ConfigureAwait(false);
            return Results.NoContent();
        });
    }
}
