using System.Text.Json;
using System.Text.Json.Serialization;
using RLTuner.Files;

namespace RLTuner.Sweeps;

/// <summary>Reads plans of sweeps; docs/sweeps.md describes each field.</summary>
internal static class SweepPlanFile
{
    /// <summary>What is longer is no plan.</summary>
    private const int MostBytes = 16 << 20;

    private static readonly SweepPlanJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new ValueText(), new JsonStringEnumConverter<SweepScale>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    });

    /// <summary>Reads a plan. What its values mean is checked when it is made into runs.</summary>
    /// <exception cref="SweepFormatException">It is no plan; the message says at which field and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SweepPlan Read(string path)
    {
        using Stream file = RegularFile.OpenRead(path);
        byte[] bytes = BoundedStream.ReadToEnd(file, MostBytes)
            ?? throw new SweepFormatException($"{path}: expected a plan of at most {MostBytes >> 20} MiB, found a longer file (split it into several)");
        try
        {
            return JsonSerializer.Deserialize(bytes, Json.SweepPlan) ?? throw new JsonException();
        }
        catch (JsonException error)
        {
            string where = error.Path is { Length: > 2 } field ? $" at {field[2..]}" : "";
            throw new SweepFormatException(
                PlainText.Of($"{path}, line {(error.LineNumber ?? 0) + 1}: expected a plan with base, grid, draws, include, exclude, seeds, slurm and kubernetes, found something else{where} (check it against docs/sweeps.md)"),
                error);
        }
    }

    /// <summary>Numbers, words and switches alike as the text that a command line would have.</summary>
    private sealed class ValueText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "on",
            JsonTokenType.False => "off",
            _ => throw new JsonException(),
        };

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
