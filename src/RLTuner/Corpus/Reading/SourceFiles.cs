using RLTuner.Files;
using RLTuner.Scores;

namespace RLTuner.Corpus.Reading;

/// <summary>
/// The files of folders (with all folders in them, by name; hidden ones and linked folders left out), of archives, and single files.
/// Files are read one after the other as the result is enumerated; nothing is unpacked to disk.
/// </summary>
internal sealed class SourceFiles
{
    private readonly IReadOnlyCollection<MusicFormat> _formats;
    private readonly SourceLimits _limits;

    /// <summary>Creates a reader.</summary>
    /// <param name="formats">Files of other endings are not read.</param>
    /// <param name="limits">How much is read at most.</param>
    public SourceFiles(IReadOnlyCollection<MusicFormat> formats, SourceLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(formats);
        _formats = formats;
        _limits = limits ?? new SourceLimits();
    }

    /// <summary>Every file: read, or with the reason why not.</summary>
    /// <param name="paths">Folders, archives and files, in any mix.</param>
    /// <param name="except">Files and folders that are left out of the folders given; may be null.</param>
    /// <exception cref="IOException">One of the paths is not there.</exception>
    public IEnumerable<SourceFile> Read(IEnumerable<string> paths, IEnumerable<string>? except = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] given = [.. paths];
        foreach (string path in given)
        {
            if (!Path.Exists(path))
            {
                throw new FileNotFoundException($"{path}: expected a folder, an archive or a file of music, found nothing (check the path)", path);
            }
        }

        return ReadFound(given, [.. (except ?? []).Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))]);
    }

    private IEnumerable<SourceFile> ReadFound(string[] given, HashSet<string> except)
    {
        List<(string Path, string Name, long Size, string? Problem)> found = [];
        foreach (string path in given)
        {
            string full = Path.GetFullPath(path);
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(full));
            if (Directory.Exists(full))
            {
                Walk(full, name, except, found);
            }
            else
            {
                found.Add((full, name, RegularFile.LengthOf(new FileInfo(full)), null));
            }
        }

        double total = Math.Max(1, found.Sum(file => file.Size));
        double before = 0;
        int count = 0;
        foreach ((string path, string name, long size, string? problem) in found)
        {
            // Of size 0 are pipes too, which would be waited on.
            bool isArchive = Archive.Is(name) && MusicFormat.Of(name, _formats) is null;
            IEnumerable<SourceFile> files = problem is not null ? [new SourceFile(name) { Problem = problem }]
                : isArchive && size == 0 ? [new SourceFile(name) { Problem = "expected an archive, found an empty file or no file on a disk" }]
                : isArchive ? new Archive(path, name, _formats, _limits).Files()
                : [ReadFile(path, name, size)];
            foreach (SourceFile file in files)
            {
                if (++count > _limits.MaxFiles)
                {
                    yield return new SourceFile(name)
                    {
                        Problem = $"expected at most {_limits.MaxFiles:N0} files in all, found more; the rest is left out (build several corpora)",
                    };
                    yield break;
                }

                yield return file with { Progress = (before + (file.Progress * size)) / total };
            }

            before += size;
        }
    }

    private SourceFile ReadFile(string path, string name, long size)
    {
        if (MusicFormat.Of(name, _formats) is not { } format)
        {
            return new SourceFile(name) { Progress = 1 };
        }

        SourceFile file = new(name) { Format = format, Progress = 1 };
        try
        {
            if (size == 0 || size > format.MaxBytes)
            {
                return file with { Problem = size == 0 ? "expected music, found an empty file or no file on a disk" : Archive.TooLarge(format, size) };
            }

            using FileStream content = File.OpenRead(path);
            return BoundedStream.ReadToEnd(content, format.MaxBytes) is { } bytes
                ? file with { Bytes = bytes }
                : file with { Problem = Archive.TooLarge(format, null) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file with { Problem = FileProblem.Words(e, path) };
        }
    }

    private void Walk(string root, string rootName, HashSet<string> except, List<(string Path, string Name, long Size, string? Problem)> found)
    {
        Stack<(DirectoryInfo Folder, string Name, int Depth)> open = new([(new DirectoryInfo(root), rootName, 0)]);
        int before = found.Count;
        while (open.TryPop(out (DirectoryInfo Folder, string Name, int Depth) next) && found.Count - before <= _limits.MaxFiles)
        {
            try
            {
                foreach (FileSystemInfo entry in next.Folder.EnumerateFileSystemInfos())
                {
                    string name = $"{next.Name}/{entry.Name}";
                    if (entry.Name.StartsWith('.') || entry.Attributes.HasFlag(FileAttributes.Hidden) || except.Contains(entry.FullName))
                    {
                        continue;
                    }

                    if (entry is FileInfo file)
                    {
                        found.Add((file.FullName, name, RegularFile.LengthOf(file), null));
                    }
                    else if (entry is DirectoryInfo folder && folder.LinkTarget is null)
                    {
                        if (next.Depth < _limits.MaxDepth)
                        {
                            open.Push((folder, name, next.Depth + 1));
                        }
                        else
                        {
                            found.Add((folder.FullName, name, 0, $"expected folders at most {_limits.MaxDepth} deep, found a deeper one (give it itself)"));
                        }
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                found.Add((next.Folder.FullName, next.Name, 0, FileProblem.Words(e, next.Folder.FullName)));
            }
        }

        found.Sort(before, found.Count - before, Comparer<(string Path, string Name, long Size, string? Problem)>.Create(
            (a, b) => string.CompareOrdinal(a.Name, b.Name)));
    }
}
