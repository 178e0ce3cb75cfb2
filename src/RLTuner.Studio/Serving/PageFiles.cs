using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace RLTuner.Studio.Serving;

/// <summary>The built page's files, listed once: a request names one of them or none.</summary>
internal sealed class PageFiles
{
    private const string First = "/index.html";

    private readonly Dictionary<string, string> _paths;
    private readonly FileExtensionContentTypeProvider _types = new();

    /// <param name="folder">The folder of the built page; it need not be there.</param>
    public PageFiles(string folder) => _paths = Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => "/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
        : [];

    /// <summary>What the studio lacks, for people; null where it lacks nothing.</summary>
    public string? Lack => _paths.ContainsKey(First) ? null
        : "the studio's page is not built: expected Node 20 or newer and npm when RLTuner.Studio was built, found neither or no packages (install them and run 'dotnet build src/RLTuner.Studio' again, or install the packed tool, which has the page)";

    /// <summary>Sends a file, or says that there is none.</summary>
    public Task SendAsync(HttpContext context)
    {
        string name = context.Request.Path.Value is null or "" or "/" ? First : context.Request.Path.Value;
        if (Lack is { } lack)
        {
            return Problems.AnswerAsync(context, 503, lack);
        }

        if (!_paths.TryGetValue(name, out string? path))
        {
            return Problems.AnswerAsync(context, 404, "expected a file of the studio's page, found none of that name");
        }

        context.Response.ContentType = _types.TryGetContentType(name, out string? type) ? type : "application/octet-stream";

        // Vite puts a hash of the content into the names in assets/.
        context.Response.Headers.CacheControl = name.StartsWith("/assets/", StringComparison.Ordinal) ? "private, max-age=31536000, immutable" : "no-cache";
        return context.Response.SendFileAsync(path);
    }
}
