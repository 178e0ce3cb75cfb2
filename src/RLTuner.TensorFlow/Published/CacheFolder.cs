namespace RLTuner.TensorFlow.Published;

/// <summary>Where fetched files are kept between runs.</summary>
internal static class CacheFolder
{
    public const string Variable = "RLTUNER_CACHE";

    private const string OwnName = "rltuner";

    /// <summary>
    /// The folder named by RLTUNER_CACHE; otherwise, on Linux, <c>rltuner</c> in XDG_CACHE_HOME or else in <c>~/.cache</c>, elsewhere in
    /// the user's local application data.
    /// </summary>
    public static string Find() => Find(Environment.GetEnvironmentVariable, OperatingSystem.IsLinux());

    internal static string Find(Func<string, string?> variable, bool linux)
    {
        if (variable(Variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        // The XDG specification has relative paths ignored.
        string parent = !linux ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : variable("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg) ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache")
            : "";
        return parent.Length > 0
            ? Path.Combine(parent, OwnName)
            : throw new IOException($"expected a home folder to keep fetched files in, found none (name a folder by {Variable})");
    }
}
