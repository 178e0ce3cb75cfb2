using System.Diagnostics;
using RLTuner.Numerics;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests.ExitPaths;

/// <summary>Whatever may stand where a file is expected. One place a kind; its name can be given any ending.</summary>
internal sealed class BadPlaces : IDisposable
{
    /// <summary>More than any format takes, and on disk nothing.</summary>
    private const long HugeLength = 6L << 30;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The kinds of faults that can be made here. Nothing is closed to root.</summary>
    public static IEnumerable<string> Kinds =>
    [
        "missing", "empty", "directory", "garbage", "huge",
        .. OperatingSystem.IsWindows() ? (string[])[] : ["dangling link", "link to itself", "device", "pipe", .. Environment.IsPrivilegedProcess ? (string[])[] : ["unreadable"]],
    ];

    /// <summary>Makes one.</summary>
    public string Make(string kind, string ending)
    {
        string path = _folder.PathTo($"{kind.Replace(' ', '-')}{ending}");
        if (Path.Exists(path))
        {
            return path;
        }

        switch (kind)
        {
            case "missing":
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "garbage":
                RandomSource random = new(7, "garbage");
                File.WriteAllBytes(path, [.. Enumerable.Range(0, 5000).Select(_ => (byte)random.Next(256))]);
                break;
            case "huge":
                using (FileStream file = new(path, FileMode.CreateNew))
                {
                    file.SetLength(HugeLength);
                }

                break;
            case "dangling link":
                File.CreateSymbolicLink(path, _folder.PathTo("nowhere"));
                break;
            case "link to itself":
                if (new FileInfo(path).LinkTarget is null)
                {
                    File.CreateSymbolicLink(path, path);
                }

                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "pipe":
                using (Process made = Process.Start("mkfifo", [path]))
                {
                    made.WaitForExit();
                }

                break;
            case "unreadable":
                File.WriteAllBytes(path, [1, 2, 3]);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, UnixFileMode.None);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected a kind of fault");
        }

        return path;
    }

    /// <summary>Makes a folder of a run whose options are such a file.</summary>
    public string MakeRun(string kind)
    {
        string folder = _folder.PathTo($"run-with-{kind.Replace(' ', '-')}"), options = Path.Combine(folder, "options.json");
        Directory.CreateDirectory(folder);
        if (new FileInfo(options).LinkTarget is null)
        {
            File.CreateSymbolicLink(options, Make(kind, ""));
        }

        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
