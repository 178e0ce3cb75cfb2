namespace RLTuner.Files;

/// <summary>Says what a file system found wrong in words for users: the path, what was expected, what was found, what to do.</summary>
public static class FileProblem
{
    /// <summary>What systems call a full disk or a spent quota: Linux and macOS, then Windows.</summary>
    private static readonly int[] NoRoom = [28, 69, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    private static readonly int[] ReadOnly = [30, unchecked((int)0x80070013)];

    /// <summary>Links that lead to each other: Linux, macOS.</summary>
    private static readonly int[] Circle = [40, 62];

    private static readonly int[] TooLong = [36, 63, unchecked((int)0x800700CE)];

    /// <summary>Whether a disk is full or a quota spent.</summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsNoRoom(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return NoRoom.Contains(error.HResult);
    }

    /// <summary>One line; what one of this program's own errors says stays as it is.</summary>
    /// <param name="error">What was thrown by reading or writing.</param>
    /// <param name="path">The file as the user knows it; null for the one that the error names.</param>
    public static string Of(Exception error, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (IsOurs(error))
        {
            return error.Message;
        }

        path ??= PathIn(error.Message) ?? (error as FileNotFoundException)?.FileName;
        return $"{path ?? "a file"}: {Found(error, path)}";
    }

    /// <summary>The same without the path.</summary>
    /// <param name="error">What was thrown by reading or writing.</param>
    /// <param name="path">The file; null where nothing names it.</param>
    public static string Words(Exception error, string? path)
    {
        ArgumentNullException.ThrowIfNull(error);
        return IsOurs(error) ? error.Message : Found(error, path);
    }

    private static bool IsOurs(Exception error) => error.Message.Contains("expected ", StringComparison.Ordinal);

    private static string Found(Exception error, string? path) => error switch
    {
        _ when IsNoRoom(error) => "expected room for the file, found the disk full (make room, or choose another folder)",
        _ when ReadOnly.Contains(error.HResult) => "expected a place that can be written to, found one that is read-only (choose another folder)",
        _ when TooLong.Contains(error.HResult) => "expected a path that the system takes, found too long a one (choose a shorter name)",
        _ when Circle.Contains(error.HResult) => "expected a file, found a link that leads back to itself (name the file itself)",
        _ when path is not null && Directory.Exists(path) => "expected a file, found a folder (name a file)",
        FileNotFoundException or DirectoryNotFoundException => "expected a file, found none (check the path)",
        UnauthorizedAccessException => "expected a file that may be opened, found one that may not (check its permissions)",
        _ => $"expected a file that can be read and written, found that it cannot: {error.Message.Split(" : ")[0]} (check the disk, or choose another place)",
    };

    /// <summary>Systems' messages name the path in quotes.</summary>
    private static string? PathIn(string message)
    {
        int start = message.IndexOf('\''), end = message.LastIndexOf('\'');
        return end > start + 1 ? message[(start + 1)..end] : null;
    }
}
