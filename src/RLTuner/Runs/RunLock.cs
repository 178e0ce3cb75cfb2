using RLTuner.Files;

namespace RLTuner.Runs;

/// <summary>
/// Keeps a run folder for one process: an open file that nobody else can open. The system closes it with the process, so that a dead one holds
/// nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string Name = "run.lock";

    /// <summary>What systems call a file that another process has: Linux, macOS, Windows.</summary>
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes a folder that is there; null where another process has it.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static RunLock? TryTake(string folder)
    {
        try
        {
            return new RunLock(new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException error)
        {
            throw OutputFolder.Unusable(folder, error);
        }
        catch (IOException error) when (HeldElsewhere.Contains(error.HResult))
        {
            return null;
        }
    }

    /// <summary>Whether somebody has the folder, which need not be there.</summary>
    public static bool IsTaken(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Name)))
        {
            return false;
        }

        using RunLock? free = TryTake(folder);
        return free is null;
    }

    public void Dispose() => _file.Dispose();
}
