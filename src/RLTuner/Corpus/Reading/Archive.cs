using System.IO.Compression;
using RLTuner.Files;
using RLTuner.Scores;

namespace RLTuner.Corpus.Reading;

/// <summary>
/// The files of an archive, one after the other and never on disk. Archives within it are not opened. Damage of a
/// zip's entry costs that entry; any other ends the archive with a problem, and what was read before it stays.
/// </summary>
internal sealed class Archive(string path, string name, IReadOnlyCollection<MusicFormat> formats, SourceLimits limits)
{
    /// <summary>Whether a file of this name is an archive.</summary>
    public static bool Is(string fileName) => new[] { ".zip", ".tar", ".tgz", ".gz" }.Any(ending => Ends(fileName, ending));

    /// <summary>Why a file is not read.</summary>
    public static string TooLarge(MusicFormat format, long? size) =>
        $"expected at most {format.MaxBytes:N0} bytes of {format.Name}, found {(size is null ? "more" : $"{size:N0}")} (split the file)";

    /// <summary>Its files.</summary>
    public IEnumerable<SourceFile> Files()
    {
        FileStream? file = null;
        if (Guarded(() => Nothing(() => file = File.OpenRead(path))) is { } problem)
        {
            return [problem];
        }

        return Ends(name, ".zip") ? Zip(file!)
            : Ends(name, ".tar") ? Tar(file!, file!)
            : Ends(name, ".tar.gz") || Ends(name, ".tgz") ? PackedTar(file!)
            : GZip(file!);
    }

    private IEnumerable<SourceFile> Zip(FileStream file)
    {
        using (file)
        {
            ZipArchive? zip = null;
            if (Guarded(() => Nothing(() =>
            {
                zip = new ZipArchive(file, ZipArchiveMode.Read);
                _ = zip.Entries.Count;
            })) is { } problem)
            {
                yield return problem;
                yield break;
            }

            long unpacked = 0;
            foreach (ZipArchiveEntry entry in zip!.Entries)
            {
                // Folders have names that end in a slash.
                if (entry.Name.Length > 0)
                {
                    LimitedStream? content = null;
                    SourceFile? next = Guarded(
                        () => Entry(entry.FullName, entry.Length, () => content = new LimitedStream(entry.Open(), long.MaxValue), entry.Crc32), entry.FullName);
                    unpacked += content?.Position ?? 0;
                    content?.Dispose();
                    if (next is not null)
                    {
                        yield return next with { Progress = Progress(file) };
                    }

                    if (unpacked > limits.MaxArchiveBytes)
                    {
                        yield return Problem($"expected at most {limits.MaxArchiveBytes:N0} bytes when unpacked, found more (unpack it, and give its folders)");
                        yield break;
                    }
                }
            }
        }
    }

    /// <summary>
    /// The checksum stands at the end and says nothing of single files: it is looked at before any is read. Of an archive that is only cut
    /// short, what stands before the cut is right.
    /// </summary>
    private IEnumerable<SourceFile> PackedTar(FileStream file)
    {
        LimitedStream packed = new(file, long.MaxValue, leaveOpen: true);
        using LimitedStream content = new(new GZipStream(packed, CompressionMode.Decompress), limits.MaxArchiveBytes);
        SourceFile? problem = Guarded(() => Nothing(() => content.CopyTo(Stream.Null)));
        if (problem is not null && !packed.HasEnded && content.Position <= limits.MaxArchiveBytes)
        {
            file.Dispose();
            return [problem];
        }

        file.Position = 0;
        IEnumerable<SourceFile> files = Tar(new GZipStream(file, CompressionMode.Decompress), file);
        return problem is null ? files : files.Where(found => found.Name != name).Append(problem with { Progress = 1 });
    }

    private IEnumerable<SourceFile> Tar(Stream content, FileStream file)
    {
        using (file)
        using (content)
        {
            TarFile tar = new(new LimitedStream(content, limits.MaxArchiveBytes));
            while (true)
            {
                bool end = false;
                SourceFile? next = Guarded(() =>
                {
                    (string Name, long Size)? entry = tar.Next();
                    end = entry is null;
                    return entry is var (entryName, size) ? Entry(entryName, size, tar.Content) : null;
                });
                if (next is not null)
                {
                    yield return next with { Progress = Progress(file) };
                }

                // A problem of the archive itself has its name: no further entry can be found.
                if (end || next?.Name == name)
                {
                    yield break;
                }
            }
        }
    }

    private IEnumerable<SourceFile> GZip(FileStream file)
    {
        using (file)
        {
            using GZipStream content = new(file, CompressionMode.Decompress);
            yield return Guarded(() => Read(new SourceFile(name), name[..^".gz".Length], null, () => content))! with { Progress = 1 };
        }
    }

    private SourceFile? Entry(string entryName, long size, Func<Stream> open, uint? checksum = null) =>
        entryName.Split('/').Any(part => part.StartsWith('.') && part.Trim('.').Length > 0)
            ? null
            : Read(new SourceFile($"{name}/{entryName}"), entryName, size, open, checksum);

    private SourceFile Read(SourceFile file, string ending, long? size, Func<Stream> open, uint? checksum = null)
    {
        if (MusicFormat.Of(ending, formats) is not { } format)
        {
            return file;
        }

        file = file with { Format = format };
        if (size == 0)
        {
            return file with { Problem = "expected music, found an empty file" };
        }

        if (size > format.MaxBytes)
        {
            return file with { Problem = TooLarge(format, size) };
        }

        if (BoundedStream.ReadToEnd(open(), format.MaxBytes) is not { } bytes)
        {
            return file with { Problem = TooLarge(format, null) };
        }

        return bytes.Length < size
            ? throw new InvalidDataException($"{ending}: expected {size:N0} bytes, found {bytes.Length:N0}")
            : checksum is { } right && Crc32.Of(bytes) != right
            ? throw new InvalidDataException($"{ending}: expected its checksum, found another")
            : file with { Bytes = bytes };
    }

    /// <summary>What <paramref name="read"/> gives, or a problem: of the entry, or where none is named of all that follows.</summary>
    private SourceFile? Guarded(Func<SourceFile?> read, string? entryName = null)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException
            or NotSupportedException or ArgumentException or OverflowException or InvalidOperationException or OutOfMemoryException)
        {
            // What the framework says of damage tells a user nothing.
            string found = e.Message.Contains("expected ", StringComparison.Ordinal) ? $" ({e.Message})" : "";
            return entryName is null
                ? Problem($"expected an archive, found it damaged or cut short; what follows in it is left out{found}")
                : new SourceFile($"{name}/{entryName}") { Problem = $"expected a sound entry of the archive, found it damaged{found}" };
        }
    }

    private static SourceFile? Nothing(Action action)
    {
        action();
        return null;
    }

    private SourceFile Problem(string problem) => new(name) { Problem = problem };

    private static double Progress(FileStream file) => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    private static bool Ends(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
