namespace RLTuner.Files;

/// <summary>Folders to write to.</summary>
public static class OutputFolder
{
    /// <summary>Makes a folder, and those above it, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be made; the message says which and what to do.</exception>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, error);
        }
    }

    /// <summary>Makes the folder that a file is to stand in, and those above it, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be made; the message says which and what to do.</exception>
    public static void MakeFor(string file) => Make(Path.GetDirectoryName(Path.GetFullPath(file))!);

    /// <summary>What to tell the user of a folder that cannot be made or written to.</summary>
    internal static IOException Unusable(string path, Exception cause) => new(
        $"{path}: expected a folder to write to, found {FileInTheWay(path) ?? (Directory.Exists(path) ? "one that may not be written to" : "none, and none can be made there")}"
        + " (choose another folder)",
        cause);

    private static string? FileInTheWay(string path)
    {
        for (string? part = Path.GetFullPath(path); part is not null; part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
            {
                return $"the file {part} in the way";
            }
        }

        return null;
    }
}
