using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RLTuner.Files;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Uploads;

/// <summary>Files that a page sent, in a folder that is gone when they were looked at. They go to the disk as they come; no more than some memory is taken.</summary>
internal sealed class ReceivedFiles : IDisposable
{
    private const int MostFiles = 10_000, LongestHeader = 16 << 10, LongestBoundary = 200;

    private ReceivedFiles(string folder) => Folder = folder;

    /// <summary>Where they lie.</summary>
    public string Folder { get; }

    /// <summary>The one file or folder that was sent; the folder of all where there are several.</summary>
    public string Root => Directory.GetFileSystemEntries(Folder) is [var only] ? only : Folder;

    /// <summary>What people call it.</summary>
    public string Name => Root == Folder ? "dropped files" : Path.GetFileName(Root);

    /// <summary>Every file.</summary>
    public IReadOnlyList<string> Files => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);

    /// <summary>Takes what a request sends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parent">Where the folder is made.</param>
    /// <param name="mostBytes">All files of a request together.</param>
    /// <exception cref="StudioException">It is no form with files, sends too much or too many, or a name is not fit.</exception>
    public static async Task<ReceivedFiles> TakeAsync(HttpContext context, string parent, long mostBytes)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = mostBytes;
        HttpRequest request = context.Request;
        string? boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            throw new StudioException(400, "expected files as multipart/form-data, found something else");
        }

        if (request.ContentLength > mostBytes)
        {
            throw new StudioException(413, $"expected at most {mostBytes >> 20} MiB of files at once, found {request.ContentLength >> 20} MiB (send fewer, or use the command line)");
        }

        ReceivedFiles files = new(Path.Combine(parent, Path.GetRandomFileName()));
        OutputFolder.Make(files.Folder);
        try
        {
            MultipartReader reader = new(boundary, request.Body) { HeadersLengthLimit = LongestHeader };
            int count = 0;
            while (await reader.ReadNextSectionAsync(context.RequestAborted).ConfigureAwait(false) is { } part)
            {
                if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out ContentDispositionHeaderValue? disposition)
                    && (disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value) is { Length: > 0 } name)
                {
                    count++;
                    await files.SaveAsync(name, part.Body, count, context.RequestAborted).ConfigureAwait(false);
                }
            }

            return count > 0 ? files : throw new StudioException(400, "expected one or more files, found none");
        }
        catch (InvalidDataException error)
        {
            files.Dispose();
            throw new StudioException(400, $"expected files as multipart/form-data, found a damaged form: {error.Message}");
        }
        catch (IOException error) when (error is not BadHttpRequestException && !FileProblem.IsNoRoom(error) && error.Message.Contains("Unexpected end", StringComparison.Ordinal))
        {
            files.Dispose();
            throw new StudioException(400, "expected files as multipart/form-data, found a form that is cut off");
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task SaveAsync(string name, Stream content, int count, CancellationToken gone)
    {
        if (count > MostFiles)
        {
            throw new StudioException(413, $"expected at most {MostFiles} files at once, found more (pack them as a .zip)");
        }

        string path = Path.Combine([Folder, .. UploadName.Parts(name)]);
        if (Path.Exists(path) || Parents(path).Any(File.Exists))
        {
            throw new StudioException(400, $"expected files of different names, found two called '{name}'");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            await content.CopyToAsync(file, gone).ConfigureAwait(false);
        }
    }

    private IEnumerable<string> Parents(string path)
    {
        for (string? parent = Path.GetDirectoryName(path); parent is not null && parent.Length > Folder.Length; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
