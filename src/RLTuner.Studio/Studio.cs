using RLTuner.Files;
using RLTuner.Studio.Nets;

namespace RLTuner.Studio;

/// <summary>All that the studio has: a folder that the command line reads too, and what is known of it.</summary>
internal sealed class Studio : IDisposable
{
    private readonly FileStream _lock;

    private Studio(StudioOptions options, FileStream taken)
    {
        _lock = taken;
        Folder = options.Folder;
        Nets = new NetList(this);
    }

    /// <summary>Where everything is kept.</summary>
    public string Folder { get; }

    /// <summary>Where runs are kept.</summary>
    public string RunsFolder => Path.Combine(Folder, "runs");

    /// <summary>The nets that a page may name.</summary>
    public NetList Nets { get; }

    /// <summary>Opens a folder, or makes it.</summary>
    /// <exception cref="IOException">It cannot be made or written, or another studio has it.</exception>
    public static Studio Open(StudioOptions options)
    {
        OutputFolder.Make(options.Folder);
        return new Studio(options, Take(options.Folder));
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>An open file that nobody else can open; the system closes it with the process.</summary>
    private static FileStream Take(string folder)
    {
        string path = Path.Combine(folder, "studio.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new IOException($"{folder}: expected a folder that no other studio has, found one that is open (use that one, or pass another --folder)", error);
        }
    }
}
