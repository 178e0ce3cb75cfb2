using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RLTuner.Music;

namespace RLTuner.Corpus;

/// <summary>Histograms as compact JSON, small enough for a net's metadata.</summary>
public static class CorpusHistogramsJson
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxStepsPerBar = 4096;

    private const int MostMetres = 64;

    /// <summary>Writes histograms of several metres; <see cref="ParseAll"/> reads them.</summary>
    public static string Write(IEnumerable<CorpusHistograms> histograms) => $"[{string.Join(',', histograms.Select(Write))}]";

    /// <summary>Reads histograms of several metres.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static ImmutableArray<CorpusHistograms> ParseAll(string text) => Read(text, root => root.GetArrayLength() is var metres && metres <= MostMetres
        ? root.EnumerateArray().Select(Of).ToImmutableArray()
        : throw Malformed($"{metres} metres"));

    /// <summary>Writes histograms; <see cref="Parse(string)"/> reads them.</summary>
    public static string Write(CorpusHistograms histograms)
    {
        ArgumentNullException.ThrowIfNull(histograms);
        string halves = string.Join(',', histograms.HalfBars.Select(half => string.Create(CultureInfo.InvariantCulture, $"\"{half.Key}\":{half.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"metre\":\"{histograms.Metre}\",\"pitch_classes\":{List(histograms.PitchClasses)},\"intervals\":{List(histograms.Intervals)},"
            + $"\"lengths\":{List(histograms.Lengths)},\"positions\":{List(histograms.Positions)},\"half_bars\":{{{halves}}}}}");
    }

    /// <summary>Reads what <see cref="Write(CorpusHistograms)"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CorpusHistograms Parse(string text) => Read(text, Of);

    /// <summary>Reads what <see cref="Write(CorpusHistograms)"/> wrote, as a part of a larger text.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CorpusHistograms Parse(JsonElement json) => Read(json, Of);

    private static T Read<T>(string text, Func<JsonElement, T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw Malformed($"a text of {text.Length} characters");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Read(document.RootElement, read);
        }
        catch (JsonException e)
        {
            throw Malformed(e.Message);
        }
    }

    private static T Read<T>(JsonElement json, Func<JsonElement, T> read)
    {
        try
        {
            return read(json);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw Malformed(e.Message);
        }
    }

    private static CorpusHistograms Of(JsonElement root)
    {
        TimeSignature metre = TimeSignature.Parse(root.GetProperty("metre").GetString() ?? "");
        return metre.StepsPerBar() > MaxStepsPerBar
            ? throw Malformed($"{metre.StepsPerBar()} steps in a bar")
            : new CorpusHistograms(
                metre,
                Counts(root, "pitch_classes", CorpusHistograms.Octave),
                Counts(root, "intervals", CorpusHistograms.WiderThanOctave + 1),
                Counts(root, "lengths", CorpusHistograms.Longest + 1),
                Counts(root, "positions", metre.StepsPerBar()),
                root.GetProperty("half_bars").EnumerateObject()
                    .ToImmutableSortedDictionary(half => ulong.Parse(half.Name, NumberStyles.None, CultureInfo.InvariantCulture), half => Count(half.Value)));
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
        new($"expected histograms of a corpus such as {{\"metre\":\"4/4\",\"pitch_classes\":[…],…}}, found {found}");
}
