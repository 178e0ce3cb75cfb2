namespace RLTuner.Tests;

/// <summary>The folder of outside numbers, <c>../shared</c> beside the repository: tests that need it skip where it is absent.</summary>
internal static class SharedFolder
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared"));

    /// <summary>The full path of a file or folder in it; skips the running test where it is absent.</summary>
    public static string PathTo(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"needs ../shared/{string.Join('/', parts)} beside the repository");
        return path;
    }

    /// <summary>The folder that holds <c>RLTuner.slnx</c>.</summary>
    public static string RepositoryRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "RLTuner.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests must run from inside the repository.");
    }
}
