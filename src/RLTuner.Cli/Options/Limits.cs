namespace RLTuner.Cli.Options;

/// <summary>Ranges of numbers that several commands take, and how the library's are named.</summary>
internal static class Limits
{
    /// <summary>The longest melody: hours.</summary>
    public const int Length = 65536;

    /// <summary>The most melodies that are composed at once.</summary>
    public const int Count = 1_000_000;

    /// <summary>The library names fields as the options are named, less the hyphens before.</summary>
    public static T Checked<T>(Func<T> validate)
    {
        try
        {
            return validate();
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--{error.Message}");
        }
    }
}
