namespace RLTuner.Files;

/// <summary>Files that are there whole or not at all, and files that grow by whole pieces.</summary>
public static class AtomicFile
{
    private const string Temporary = ".tmp";

    /// <summary>Writes a temporary file beside <paramref name="path"/> and renames it when it is complete.</summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write) => WriteAll([(path, write)]);

    /// <summary>Writes several files beside their places and renames them when all are complete.</summary>
    /// <param name="files">Where to, and what writes the content; older files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written; nothing is left behind.</exception>
    public static void WriteAll(IEnumerable<(string Path, Action<Stream> Write)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        List<(string Temporary, string Path)> begun = [];
        try
        {
            foreach ((string path, Action<Stream> write) in files)
            {
                if (Directory.Exists(path))
                {
                    throw new IOException($"{path}: expected the name of a file, found a folder in the way (choose another name)");
                }

                begun.Add(($"{path}.{Path.GetRandomFileName()}{Temporary}", path));
                using FileStream stream = Open(begun[^1].Temporary, path, FileMode.CreateNew);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            begun.ForEach(file => File.Move(file.Temporary, file.Path, overwrite: true));
        }
        catch (Exception error)
        {
            foreach ((string temporary, _) in begun.Where(file => File.Exists(file.Temporary))) // else the folder may be gone
            {
                File.Delete(temporary);
            }

            throw begun is [] ? error : Explained(error, begun[^1].Path);
        }
    }

    /// <summary>Adds a piece to the end of a file, or starts one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the piece.</param>
    /// <exception cref="IOException">The piece cannot be written; the file is as it was.</exception>
    public static void Append(string path, Action<Stream> write)
    {
        using MemoryStream piece = new();
        write(piece);
        long before = File.Exists(path) ? new FileInfo(path).Length : 0;
        try
        {
            using FileStream stream = Open(path, path, FileMode.Append);
            piece.WriteTo(stream);
        }
        catch (IOException error)
        {
            using (FileStream stream = new(path, FileMode.OpenOrCreate))
            {
                stream.SetLength(before);
            }

            throw Explained(error, path);
        }
    }

    /// <summary>Removes what <see cref="Write"/> could not when its process was killed, from a folder itself.</summary>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    public static void RemoveLeftovers(string folder)
    {
        // Exactly the names that it gives.
        foreach (string path in Directory.GetFiles(folder, "*.????????.???" + Temporary, new EnumerationOptions { MatchType = MatchType.Simple }))
        {
            File.Delete(path);
        }
    }

    private static FileStream Open(string path, string named, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw OutputFolder.Unusable(Path.GetDirectoryName(Path.GetFullPath(named)) ?? named, error);
        }
    }

    private static Exception Explained(Exception error, string path) =>
        error is IOException or UnauthorizedAccessException ? new IOException(FileProblem.Of(error, path), error) : error;
}
