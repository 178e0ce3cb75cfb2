using System.Text.Json.Nodes;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>The JSON that other programs build on, against the outside numbers of ../shared/golden.</summary>
public sealed class GoldenTests : IDisposable
{
    private const double Epsilon = 1e-6, LogitEpsilon = 2e-5;

    private static readonly string[] RuleOrder =
        ["key", "tonic", "repeating", "autocorrelation", "motif", "repeated_motif", "preferred_intervals", "leap", "high_low_unique"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Explained_rewards_match_Magenta()
    {
        JsonObject[] compositions = [.. Golden("rewards.json")["compositions"]!.AsArray().Select(entry => entry!.AsObject())];
        string input = Write(compositions.Select(entry => (entry["notes"]!, (int?)entry["length"]!)));
        string[] lines = Rltuner.Run("explain", "--compat", "magenta", "--format", "json", "--input", input).Done().Lines;
        Assert.Equal(compositions.Length, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            JsonObject found = JsonNode.Parse(lines[i])!.AsObject();
            Assert.Equal(["total", "rules"], found.Select(entry => entry.Key));
            Assert.Equal(RuleOrder, found["rules"]!.AsObject().Select(entry => entry.Key));
            HashSet<int> ties = [.. compositions[i]["tie"]!.AsArray().Select(step => (int)step!)];
            JsonArray expected = compositions[i]["rules"]!.AsArray();
            Assert.All(RuleOrder, name => Assert.Equal(expected.Count, found["rules"]![name]!.AsArray().Count));
            for (int step = 0; step < expected.Count; step++)
            {
                for (int rule = 0; rule < RuleOrder.Length; rule++)
                {
                    if (RuleOrder[rule] != "autocorrelation" || !ties.Contains(step))
                    {
                        Assert.Equal((double)expected[step]![rule]!, (double)found["rules"]![RuleOrder[rule]]![step]!, Epsilon);
                    }
                }

                if (!ties.Contains(step))
                {
                    Assert.Equal((double)compositions[i]["total"]![step]!, (double)found["total"]![step]!, Epsilon);
                }
            }
        }
    }

    [Fact]
    public void Evaluated_counts_match_Magenta()
    {
        JsonObject golden = Golden("stats.json");
        string input = Write(golden["groups"]!.AsArray()
            .SelectMany(group => group!["compositions"]!.AsArray().Select(notes => (notes!, (int?)group["length"]!))));
        string line = Assert.Single(Rltuner.Run("evaluate", "--input", input, "--compat", "magenta", "--format", "json").Done().Lines);
        JsonObject counts = JsonNode.Parse(line)!["counts"]!.AsObject();
        foreach ((string name, JsonNode? expected) in golden["all"]!.AsObject())
        {
            if (expected is JsonArray list)
            {
                JsonArray found = counts[name]!.AsArray();
                Assert.Equal(list.Count, found.Count);
                Assert.All(list.Zip(found), pair => Assert.Equal((double?)pair.First ?? double.NaN, (double?)pair.Second ?? double.NaN, Epsilon));
            }
            else
            {
                Assert.True((int)expected! == (int)counts[name]!, name);
            }
        }
    }

    [Fact]
    public void Predicted_logits_match_the_2016_checkpoint()
    {
        JsonArray runs = Golden("net.json")["v1"]!.AsArray();
        string input = Write(runs.Select(run => (run!["notes"]!, (int?)null)));
        string net = SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994");
        string[] lines = Rltuner.Run("predict", "--note-rnn", net, "--format", "json", "--input", input).Done().Lines;
        Assert.Equal(runs.Count, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            JsonObject found = JsonNode.Parse(lines[i])!.AsObject();
            Assert.Equal(["logits", "c", "h"], found.Select(entry => entry.Key));
            Assert.All(found, entry => Assert.True(Distance(runs[i]![entry.Key]!, entry.Value!) < LogitEpsilon));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Golden(string name) => JsonNode.Parse(File.ReadAllText(SharedFolder.PathTo("golden", name)))!.AsObject();

    /// <summary>The largest difference of two lists of lists of numbers of one shape.</summary>
    private static double Distance(JsonNode expected, JsonNode found)
    {
        Assert.Equal(expected.AsArray().Count, found.AsArray().Count);
        return expected.AsArray().Zip(found.AsArray()).Max(rows =>
        {
            Assert.Equal(rows.First!.AsArray().Count, rows.Second!.AsArray().Count);
            return rows.First.AsArray().Zip(rows.Second.AsArray()).Max(pair => Math.Abs((double)pair.First! - (double)pair.Second!));
        });
    }

    private string Write(IEnumerable<(JsonNode Notes, int? Length)> melodies)
    {
        string path = _folder.PathTo("melodies.jsonl");
        File.WriteAllLines(path, melodies.Select(melody =>
            $"{{\"events\":{melody.Notes.ToJsonString()}{(melody.Length is int length ? $",\"length\":{length}" : "")}}}"));
        return path;
    }
}
