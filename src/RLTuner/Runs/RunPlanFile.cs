using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Rewards;

namespace RLTuner.Runs;

/// <summary>Stores plans as <c>options.json</c>; docs/file-formats.md describes each field.</summary>
internal sealed class RunPlanFile
{
    private readonly RunPlanJson _json;

    /// <summary>Prepares to store plans of some kinds of learners.</summary>
    public RunPlanFile(ImmutableArray<LearnerKind> learners) => _json = new RunPlanJson(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters =
        {
            new LearnerConverter(learners),
            new JsonStringEnumConverter<Quirks>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<RuleSetName>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<RewardMode>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<PrimingMode>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        },
    });

    /// <summary>Writes a plan as a file.</summary>
    public void Write(RunPlan plan, string path) => AtomicFile.Write(path, file =>
    {
        using Utf8JsonWriter writer = new(file, new JsonWriterOptions { Indented = true });
        Write(plan, writer);
    });

    /// <summary>Writes a plan as a part of other JSON.</summary>
    public void Write(RunPlan plan, Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, plan with { Checksum = Hash(plan) }, _json.RunPlan);

    /// <summary>Reads what <see cref="Write(RunPlan, string)"/> wrote.</summary>
    /// <exception cref="NoteRnnFormatException">The file is damaged, or a field is missing or of another kind; the message names it.</exception>
    public RunPlan Read(string path)
    {
        try
        {
            using JsonDocument stored = JsonDocument.Parse(RegularFile.ReadAllBytes(path));
            return Read(stored.RootElement, path);
        }
        catch (JsonException error)
        {
            throw Unreadable(path, error);
        }
    }

    /// <summary>Reads what <see cref="Write(RunPlan, Utf8JsonWriter)"/> wrote.</summary>
    /// <param name="stored">The plan.</param>
    /// <param name="where">What it is called in messages.</param>
    /// <exception cref="NoteRnnFormatException">It is damaged, or a field is missing or of another kind; the message names it.</exception>
    public RunPlan Read(JsonElement stored, string where)
    {
        try
        {
            RunPlan plan = stored.Deserialize(_json.RunPlan) ?? throw new JsonException("found null");
            RequireAll(JsonSerializer.SerializeToElement(plan, _json.RunPlan), stored, "");
            _ = plan.Theory.ToTheory();
            return plan.Checksum is null || plan.Checksum == Hash(plan)
                ? plan.Validated()
                : throw new NoteRnnFormatException($"{where}: the checksum is wrong: the file is damaged, or was changed by hand");
        }
        // Numbers beyond double's range are read as infinity, which cannot be hashed.
        // Escapes that are no characters show as an invalid operation.
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw Unreadable(where, error);
        }
    }

    /// <summary>SHA-256 of a plan as it is stored, in lower-case hex.</summary>
    public string Hash(RunPlan plan) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan with { Checksum = null }, _json.RunPlan)));

    /// <summary>A number that is not there would be read as 0.</summary>
    private static void RequireAll(JsonElement whole, JsonElement found, string prefix)
    {
        foreach (JsonProperty property in whole.EnumerateObject().Where(property => property.Name != "checksum"))
        {
            if (!found.TryGetProperty(property.Name, out JsonElement value))
            {
                throw new JsonException($"expected {prefix}{property.Name}, found none");
            }

            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                RequireAll(property.Value, value, $"{prefix}{property.Name}.");
            }
        }
    }

    private static NoteRnnFormatException Unreadable(string where, Exception error) =>
        new($"{where}: expected the options of a run, found {Found(error)} (bring the file back, or start a new run)", error);

    /// <summary>What this program says of a field, which may quote the file, or where the framework stumbles.</summary>
    private static string Found(Exception error) => error.Message.Contains("expected ", StringComparison.Ordinal)
        ? $"a field of another kind: {PlainText.Of(error.Message.Split(" Path: ")[0])}"
        : error is JsonException { Path: { Length: > 2 } at } ? $"something else at {PlainText.Of(at[2..])}" : "something else";

    /// <summary>Options of any kind of learner; their field "algorithm" says which.</summary>
    private sealed class LearnerConverter(ImmutableArray<LearnerKind> kinds) : JsonConverter<LearnerOptions>
    {
        private const string Name = "algorithm";

        public override LearnerOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument json = JsonDocument.ParseValue(ref reader);
            string? algorithm = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(Name, out JsonElement name)
                && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            LearnerKind kind = kinds.FirstOrDefault(known => known.Names.Contains(algorithm ?? ""))
                ?? throw new JsonException($"expected one of the algorithms {string.Join(", ", kinds.SelectMany(known => known.Names))}, found {algorithm ?? "none"}");
            return (LearnerOptions)json.RootElement.Deserialize(kind.Json)!;
        }

        public override void Write(Utf8JsonWriter writer, LearnerOptions value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, value.Kind.Json);
    }
}

/// <summary>The stored form of a plan.</summary>
[JsonSerializable(typeof(RunPlan))]
internal sealed partial class RunPlanJson : JsonSerializerContext;
