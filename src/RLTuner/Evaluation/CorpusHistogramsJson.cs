using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace RLTuner.Evaluation;

/// <summary>Histograms as compact JSON, small enough for a net's metadata.</summary>
public static class CorpusHistogramsJson
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxStepsPerBar = 4096;

    /// <summary>Writes histograms; <see cref="Parse"/> reads them.</summary>
    public static string Write(CorpusHistograms histograms)
    {
        ArgumentNullException.ThrowIfNull(histograms);
        string halves = string.Join(',', histograms.HalfBars.Select(half => string.Create(CultureInfo.InvariantCulture, $"\"{half.Key}\":{half.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"steps_per_bar\":{histograms.StepsPerBar},\"pitch_classes\":{List(histograms.PitchClasses)},\"intervals\":{List(histograms.Intervals)},"
            + $"\"lengths\":{List(histograms.Lengths)},\"positions\":{List(histograms.Positions)},\"half_bars\":{{{halves}}}}}");
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CorpusHistograms Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw Malformed($"a text of {text.Length} characters");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            int bar = root.GetProperty("steps_per_bar").GetInt32();
            return bar is < 1 or > MaxStepsPerBar
                ? throw Malformed($"{bar} steps in a bar")
                : new CorpusHistograms(
                    bar,
                    Counts(root, "pitch_classes", CorpusHistograms.Octave),
                    Counts(root, "intervals", CorpusHistograms.WiderThanOctave + 1),
                    Counts(root, "lengths", CorpusHistograms.Longest + 1),
                    Counts(root, "positions", bar),
                    root.GetProperty("half_bars").EnumerateObject()
                        .ToImmutableSortedDictionary(half => ulong.Parse(half.Name, NumberStyles.None, CultureInfo.InvariantCulture), half => Count(half.Value)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw Malformed(e.Message);
        }
    }

    private static string List(ImmutableArray<long> counts) => $"[{string.Join(',', counts)}]";

    private static ImmutableArray<long> Counts(JsonElement root, string name, int length)
    {
        JsonElement list = root.GetProperty(name);
        return list.GetArrayLength() == length
            ? [.. list.EnumerateArray().Select(Count)]
            : throw Malformed($"{list.GetArrayLength()} {name.Replace('_', ' ')}");
    }

    private static long Count(JsonElement number) => number.GetInt64() is >= 0 and <= 1L << 40 and long count ? count : throw Malformed($"a count of {number}");

    private static FormatException Malformed(string found) =>
        new($"expected histograms of a corpus such as {{\"steps_per_bar\":16,\"pitch_classes\":[…],…}}, found {found}");
}
