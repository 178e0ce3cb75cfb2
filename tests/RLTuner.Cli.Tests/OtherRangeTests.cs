using System.Text.Json.Nodes;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>A net of 29 classes is used as one of 29 classes: nothing is said of 38, and no event lies beyond its range.</summary>
public sealed class OtherRangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_real_net_of_29_classes_does_every_job() =>
        DoesEveryJob(SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.index"), "C3 to D5");

    [Fact]
    public void A_made_net_of_29_classes_does_every_job() => DoesEveryJob(TestNets.Narrow(_folder.Path), "G2 to A4");

    [Fact]
    public void The_range_of_a_checkpoint_can_be_said()
    {
        string net = SharedFolder.PathTo("checkpoints", "basic-rnn-64x64");
        string output = Runs.Tune(net, _folder.PathTo("run"), "--lowest-pitch", "55", "--classes", "29").Done().Output;
        Assert.Contains("29 classes, G3 to A5", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void DoesEveryJob(string net, string range)
    {
        string run = _folder.PathTo("run"), melodies = _folder.PathTo("melodies.jsonl");
        string said = Runs.Tune(net, run).Done().Output;
        Assert.Contains($"29 classes, {range}", said, StringComparison.Ordinal);
        Rltuner.Run("compose", "--model", run, "--count", "20", "--output", melodies).Done();
        int[] classes = [.. File.ReadLines(melodies).SelectMany(line => JsonNode.Parse(line)!["events"]!.AsArray().Select(number => (int)number!))];
        Assert.Equal(640, classes.Length);
        Assert.InRange(classes.Max(), 0, 28);

        JsonNode predicted = JsonNode.Parse(Rltuner.Run("predict", "--note-rnn", net, "--format", "json", "--input", melodies).Done().Lines[0])!;
        Assert.All(predicted["logits"]!.AsArray(), row => Assert.Equal(29, row!.AsArray().Count));
        Assert.Equal(2, predicted["c"]!.AsArray().Count);

        string told = said
            + Rltuner.Run("evaluate", "--model", run, "--count", "50").Done().Output
            + Rltuner.Run("checkpoint", "inspect", net).Done().Output
            + Rltuner.Run("predict", "--note-rnn", net, "--input", melodies).Done().Output;
        Assert.DoesNotContain("38 classes", told, StringComparison.Ordinal);
        Assert.DoesNotContain("B5", told.Replace(_folder.Path, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("\"classes\": 38", File.ReadAllText(Path.Combine(run, "options.json")));
        Assert.DoesNotContain("38", Rltuner.Run("tune", "--note-rnn", net, "--classes", "30").Refused(1, "30", "found 29").Errors, StringComparison.Ordinal);
    }
}
