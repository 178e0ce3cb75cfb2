using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>Reads the files of a run folder, each as far as it can be read, and says what could not.</summary>
internal static class RecordFile
{
    /// <summary>No file of a run that a page is made of comes near this; what does is something else.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>A file with more lines that cannot be read is something else.</summary>
    private const int MostDamagedLines = 1000;

    /// <summary>The windows by step: where a step is written twice, as after a run that was stopped and resumed, the later line counts.</summary>
    public static ImmutableArray<TuningWindow> Progress(string path, Remarks remarks)
    {
        const string Name = "progress.jsonl";
        SortedDictionary<long, TuningWindow> windows = [];
        if (!IsThere(path, Name, remarks))
        {
            return [];
        }

        int number = 0, damaged = 0;
        using StreamReader lines = new(RegularFile.OpenRead(path), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            number++;
            try
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    TuningWindow window = RunProgress.Parse(line);
                    windows[window.Step] = window;
                }
            }
            catch (FormatException error)
            {
                remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{Name}, line {number}, is left out: {WithoutStop(error.Message)}."));
                if (++damaged == MostDamagedLines)
                {
                    remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{Name} is left out from line {number + 1} on: expected lines of progress, found something else."));
                    break;
                }
            }
        }

        return [.. windows.Values];
    }

    /// <summary>The first melodies of a file; as many as stand before the first damage.</summary>
    public static ImmutableArray<Melody> Melodies(string folder, string name, MelodyEncoding encoding, int most, Remarks remarks)
    {
        string path = Path.Combine(folder, name);
        ImmutableArray<Melody>.Builder melodies = ImmutableArray.CreateBuilder<Melody>();
        if (!IsThere(path, name, remarks))
        {
            return [];
        }

        try
        {
            foreach (Melody melody in MelodyJsonLines.Read(path, encoding).Take(most))
            {
                melodies.Add(melody);
            }
        }
        catch (MelodyFormatException error)
        {
            remarks.Add($"{name}: the melodies from line {error.LineNumber} on are left out: {error.Message.Replace(path, name, StringComparison.Ordinal)}.");
        }

        return melodies.ToImmutable();
    }

    /// <summary>A file as JSON, or null with a remark.</summary>
    public static JsonDocument? Json(string path, string name, Remarks remarks)
    {
        if (!IsThere(path, name, remarks))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(RegularFile.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            remarks.Add($"{name} is left out: expected JSON, found something else ({WithoutStop(error.Message)}).");
            return null;
        }
    }

    /// <summary>What <paramref name="read"/> makes of JSON, or null with a remark.</summary>
    public static T? Part<T>(string name, JsonElement json, Func<JsonElement, T> read, Remarks remarks)
        where T : class
    {
        try
        {
            return read(json);
        }
        // Text that is no UTF-8, or escapes that are no characters, show as an invalid operation.
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            string problem = error is FormatException ? WithoutStop(error.Message) : "expected text, found bytes or escapes that are none";
            remarks.Add($"{name} is left out: {problem}.");
            return null;
        }
    }

    /// <summary>All options as texts, those of nested objects by a name with a point.</summary>
    public static IEnumerable<(string Name, string Text)> Texts(JsonElement json) => Texts("", json);

    private static IEnumerable<(string Name, string Text)> Texts(string prefix, JsonElement json)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            // One level down: noteRnn.source. Rules stay together, as weights by name.
            if (property.Value.ValueKind == JsonValueKind.Object && prefix.Length == 0)
            {
                foreach ((string, string) nested in Texts(property.Name + ".", property.Value))
                {
                    yield return nested;
                }
            }
            else
            {
                yield return (prefix + property.Name, TextOf(property.Value));
            }
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "none",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(entry => entry.ToString())),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(entry => $"{entry.Name} {entry.Value}")),
        _ => value.GetRawText(),
    };

    private static string WithoutStop(string message) => message.TrimEnd('.');

    private static bool IsThere(string path, string name, Remarks remarks)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            remarks.Add($"{name} is not there.");
        }
        else if (file.Length > MostBytes)
        {
            remarks.Add($"{name} is left out: expected at most {MostBytes >> 20} MiB.");
        }

        return file.Exists && file.Length <= MostBytes;
    }
}
