using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.Files;
using RLTuner.Rewards;

namespace RLTuner.Runs;

/// <summary>What <c>metrics.json</c> says of the nets before and after.</summary>
/// <param name="Melodies">How many melodies of each were measured.</param>
/// <param name="Before">The net that was tuned from.</param>
/// <param name="After">The tuned net.</param>
public sealed record RunMetrics(long Melodies, NetMetrics Before, NetMetrics After)
{
    /// <summary>What is heard in the corpus that both are held against; null where there is none in the run's metre.</summary>
    public CorpusHistograms? Corpus { get; init; }

    /// <summary>The content of the file.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["melodies"] = Melodies, ["before"] = Before.ToJson(), ["after"] = After.ToJson() };
        if (Corpus is not null)
        {
            json["corpus"] = JsonNode.Parse(CorpusHistogramsJson.Write(Corpus));
        }

        return json;
    }

    /// <summary>Writes the file.</summary>
    internal void Write(string path) => AtomicFile.Write(path, file =>
    {
        using Utf8JsonWriter writer = new(file, new JsonWriterOptions { Indented = true });
        ToJson().WriteTo(writer);
    });

    /// <summary>Reads the content of the file.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    internal static RunMetrics FromJson(JsonElement json, RuleSetName ruleSet) =>
        Json.Object(json, "before") is { } before && Json.Object(json, "after") is { } after
            ? new RunMetrics(
                (long)Math.Clamp(Json.Number(json, "melodies") ?? 0, 0, int.MaxValue), NetMetrics.FromJson(before, ruleSet), NetMetrics.FromJson(after, ruleSet))
            {
                Corpus = NetMetrics.HistogramsFrom(json, "corpus"),
            }
            : throw new FormatException("expected an object with \"before\" and \"after\", found something else");
}
