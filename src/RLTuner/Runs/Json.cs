using System.Text.Json;

namespace RLTuner.Runs;

/// <summary>Looks into JSON that may lack anything: what is not there, or of another kind, is null or empty.</summary>
internal static class Json
{
    /// <summary>Numbers beyond this size are damage.</summary>
    private const double Largest = 1e100;

    public static JsonElement? Field(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : null;

    public static JsonElement? Object(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static double? Number(JsonElement json, string name) => Field(json, name) is { } value ? NumberOf(value) : null;

    public static double? NumberOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Abs(number) <= Largest ? number : null;

    public static IEnumerable<JsonElement> List(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Properties(JsonElement json, string name) =>
        Object(json, name) is { } value ? value.EnumerateObject() : [];
}
