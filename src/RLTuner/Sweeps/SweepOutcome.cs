using System.Text.Json;
using System.Text.Json.Serialization;

namespace RLTuner.Sweeps;

/// <summary>How a run of a sweep ended, as it is stored.</summary>
public sealed record SweepOutcome
{
    /// <summary>Why it failed; null where it is done.</summary>
    public string? Problem { get; init; }

    /// <summary>Notes played in the process that ended it.</summary>
    public required long Notes { get; init; }

    /// <summary>Seconds that this process took for them, the last figures included.</summary>
    public required double Seconds { get; init; }
}

/// <summary>The stored form of outcomes, and of lines of runs but for their plans.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SweepOutcome))]
[JsonSerializable(typeof(RunLine))]
[JsonSerializable(typeof(RunScore[]))]
[JsonSerializable(typeof(HalvingRound[]))]
internal sealed partial class SweepFolderJson : JsonSerializerContext;

/// <summary>A line of <c>runs.jsonl</c>.</summary>
internal sealed record RunLine
{
    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Varied { get; init; }

    public required JsonElement Plan { get; init; }
}
