using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Ratings;

/// <summary>A rating as a line of its file, both ways.</summary>
internal static class RatingJson
{
    private const int MaxName = 1000;

    /// <summary>The line, without its end.</summary>
    public static string Write(Rating rating) => new JsonObject
    {
        ["time"] = rating.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["choice"] = WordOf(rating.Choice),
        ["key"] = rating.Key.ToString(),
        ["timeSignature"] = rating.TimeSignature.ToString(),
        ["a"] = Write(rating.A),
        ["b"] = Write(rating.B),
    }.ToJsonString();

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It holds no rating; the message says what was expected and found.</exception>
    public static Rating Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object
                ? new Rating(
                    DateTimeOffset.TryParse(Text(json, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                        ? time
                        : throw new FormatException("expected \"time\" to be a date and time, found something else"),
                    MelodyOf(Field(json, "a"), "a"),
                    MelodyOf(Field(json, "b"), "b"),
                    Key.Parse(Text(json, "key")),
                    TimeSignature.Parse(Text(json, "timeSignature")),
                    Word<RatingChoice>(json, "choice"))
                : throw new FormatException("expected a JSON object, found something else");
        }
        // Escapes that are no characters show as an invalid operation.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException("expected a JSON object, found something else", error);
        }
    }

    private static JsonObject Write(RatedMelody rated) => new()
    {
        ["kind"] = WordOf(rated.Kind),
        ["name"] = rated.Name,
        ["step"] = rated.Step,
        ["events"] = new JsonArray([.. MagentaMelody.NumbersOf(rated.Melody).Select(number => (JsonNode)number)]),
    };

    private static RatedMelody MelodyOf(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object
        ? new RatedMelody(
            Word<RatedKind>(json, "kind"),
            Text(json, "name"),
            Field(json, "step").TryGetInt64(out long step) && step >= 0 ? step : throw new FormatException("expected \"step\" to be a number of steps, found something else"),
            MagentaMelody.Of([.. Field(json, "events").EnumerateArray().Take(MagentaMelody.MaxEvents + 1).Select(Number)]))
        : throw new FormatException($"expected \"{name}\" to be a rated melody, found something else");

    private static int Number(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number)
        ? number
        : throw new FormatException("expected \"events\" to be whole numbers, found something else");

    private static string Text(JsonElement json, string name) => Field(json, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: <= MaxName } found
        ? found
        : throw new FormatException($"expected \"{name}\" to be a text, found something else");

    private static JsonElement Field(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"expected a rating with \"{name}\", found none");

    private static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Word<T>(JsonElement json, string name)
        where T : struct, Enum
    {
        string word = Text(json, name);
        return Enum.GetValues<T>().Where(value => WordOf(value) == word).Cast<T?>().FirstOrDefault()
            ?? throw new FormatException($"expected \"{name}\" to be one of {string.Join(", ", Enum.GetValues<T>().Select(WordOf))}, found '{(word.Length > 40 ? word[..40] : word)}'");
    }
}
