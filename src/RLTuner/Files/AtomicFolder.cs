namespace RLTuner.Files;

/// <summary>Folders of files that belong together: there whole or not at all.</summary>
public static class AtomicFolder
{
    /// <summary>Writes a temporary folder beside <paramref name="path"/> and renames it when it is complete.</summary>
    /// <param name="path">Where to; what is there already is not replaced, but for an empty folder.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="IOException">There is something at the place already, or it cannot be written; nothing is left behind.</exception>
    public static void Write(string path, Action<string> write)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        if (Path.Exists(path) && !(Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new IOException(
                $"{path}: expected the name of a new folder, found {(Directory.Exists(path) ? "one with files in it" : "a file")} in the way (choose another name, or remove it)");
        }

        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            OutputFolder.Make(temporary);
            write(temporary);
            if (Directory.Exists(path))
            {
                Directory.Delete(path);
            }

            Directory.Move(temporary, path);
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw;
        }
    }
}
