using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RLTuner.Files;

namespace RLTuner.Ratings;

/// <summary>Ratings in a file, one JSON object a line; docs/ratings.md has an example. Lines are added, and never changed.</summary>
/// <param name="Ratings">The ratings in the order of the lines.</param>
/// <param name="Damaged">Of each line that is none: its number from 1, what was expected and what was found.</param>
public sealed record RatingsFile(ImmutableArray<Rating> Ratings, ImmutableArray<string> Damaged)
{
    /// <summary>The longest line that is read, in characters; two melodies of the greatest length fit.</summary>
    public const int MaxLineLength = 1 << 20;

    /// <summary>More than anyone rates.</summary>
    private const int MaxRatings = 100_000;

    /// <summary>A file with more of them is something else.</summary>
    private const int MostDamaged = 1000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Adds a rating. A line that an earlier program was killed in the middle of stays a line of its own.</summary>
    /// <param name="path">The file; started where there is none.</param>
    /// <param name="rating">The rating.</param>
    /// <exception cref="IOException">It cannot be written; the file is as it was.</exception>
    public static void Append(string path, Rating rating)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(rating);
        byte[] line = Utf8.GetBytes((EndsInLine(path) ? "" : "\n") + RatingJson.Write(rating) + "\n");
        AtomicFile.Append(path, stream => stream.Write(line));
    }

    /// <summary>Reads a file as far as it can be read.</summary>
    /// <exception cref="RatingFormatException">It holds no rating at all, or far too much else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RatingsFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImmutableArray<Rating>.Builder ratings = ImmutableArray.CreateBuilder<Rating>();
        List<string> damaged = [];
        using StreamReader text = new(RegularFile.OpenRead(path), Utf8);
        BoundedLineReader lines = new(text, MaxLineLength);
        try
        {
            while (lines.TryRead(out string line))
            {
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                try
                {
                    ratings.Add(RatingJson.Parse(line));
                }
                catch (FormatException error)
                {
                    damaged.Add(string.Create(CultureInfo.InvariantCulture, $"line {lines.LineNumber}: {PlainText.Of(error.Message)}"));
                }

                if (ratings.Count > MaxRatings || damaged.Count > MostDamaged)
                {
                    throw new RatingFormatException(ratings.Count > MaxRatings
                        ? $"{path}: expected at most {MaxRatings} ratings, found more (split the file)"
                        : $"{path}: expected a rating a line, found more than {MostDamaged} lines that are none, such as {damaged[0]} (check that it is the file of ratings)");
                }
            }
        }
        catch (FormatException)
        {
            throw new RatingFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{path}, line {lines.LineNumber}: expected at most {MaxLineLength} characters, found more (check that it is the file of ratings)"));
        }

        return ratings.Count > 0
            ? new RatingsFile(ratings.ToImmutable(), [.. damaged])
            : throw new RatingFormatException($"{path}: expected a rating a line, found {(damaged.Count == 0 ? "an empty file" : damaged[0])} (check that it is the file of ratings)");
    }

    private static bool EndsInLine(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return true;
        }

        using FileStream file = File.OpenRead(path);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
