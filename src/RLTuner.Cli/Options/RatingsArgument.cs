using System.CommandLine;
using RLTuner.Ratings;

namespace RLTuner.Cli.Options;

/// <summary>The file of ratings, as commands take it.</summary>
internal static class RatingsArgument
{
    /// <summary>Damaged lines that are told of.</summary>
    private const int DamageTold = 5;

    public static Argument<string> Create() => new("RATINGS") { Description = "The ratings, such as studio/ratings.jsonl." };

    /// <summary>Reads the file; lines that are none are told of and left out.</summary>
    public static RatingsFile Read(string path)
    {
        RatingsFile read = RatingsFile.Read(path);
        foreach (string damage in read.Damaged.Take(DamageTold))
        {
            RunOptions.Surroundings.Warn($"{path}, {damage} (left out)");
        }

        if (read.Damaged.Length > DamageTold)
        {
            RunOptions.Surroundings.Warn($"{path}: {read.Damaged.Length - DamageTold} more lines left out");
        }

        return read;
    }
}
