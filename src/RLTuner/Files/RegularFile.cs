namespace RLTuner.Files;

/// <summary>Files on a disk, as opposed to pipes and devices, which would be waited on or never end.</summary>
public static class RegularFile
{
    /// <summary>The length of a file, or of that which a link leads to; 0 where there is none, as with pipes and devices.</summary>
    public static long LengthOf(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            FileSystemInfo? target = file.ResolveLinkTarget(returnFinalTarget: true);
            return target is null ? file.Length : target is FileInfo { Exists: true } linked ? linked.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Opens a file to read from; an empty one, a pipe or a device gives a stream without bytes.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    public static Stream OpenRead(string path) =>
        File.Exists(path) && LengthOf(new FileInfo(path)) == 0 ? new MemoryStream([], writable: false) : File.OpenRead(path);

    /// <summary>All bytes of a file; none of an empty one, a pipe or a device.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    internal static byte[] ReadAllBytes(string path)
    {
        long length = File.Exists(path) ? LengthOf(new FileInfo(path)) : -1;
        return length > Array.MaxLength ? throw new IOException($"{path}: expected at most {Array.MaxLength:N0} bytes, found {length:N0} (split the file)")
            : length == 0 ? [] : File.ReadAllBytes(path);
    }
}
