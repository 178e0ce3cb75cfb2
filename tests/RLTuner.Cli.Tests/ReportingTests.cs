using System.Text.Json.Nodes;
using RLTuner.NoteRnn;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>How <c>tune</c> tells of a run, when it stops by itself, and what it keeps.</summary>
public sealed class ReportingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void In_JSON_every_line_is_an_object_and_the_last_has_paths_and_metrics()
    {
        string run = _folder.PathTo("run");
        Result result = Runs.Tune(TestNets.Small(_folder.Path), run, "--log-format", "json", "--keep-best").Done();
        JsonNode[] lines = [.. result.Lines.Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(File.ReadAllLines(Path.Combine(run, "progress.jsonl")), result.Lines[..^1]);
        Assert.Equal(3, lines.Length);
        JsonNode last = lines[^1];
        Assert.Equal(320, (int)last["steps"]!);
        Assert.Equal(Path.GetFullPath(run), (string?)last["folder"]);
        Assert.True(File.Exists((string?)last["net"]) && File.Exists((string?)last["best"]));
        Assert.Equal(JsonNode.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")))!.ToJsonString(), last["metrics"]!.ToJsonString());
    }

    [Fact]
    public void Quietly_it_says_nothing_but_errors_and_leaves_the_same_files()
    {
        string net = TestNets.Small(_folder.Path), quiet = _folder.PathTo("quiet/run"), loud = _folder.PathTo("loud/run");
        Assert.Equal("", Runs.Tune(net, quiet, "--quiet").Done().Output);
        Runs.Tune(net, loud).Done();
        SameRun.Assert(loud, quiet);
        Runs.Tune(net, quiet, "--quiet").Refused(1, "earlier run");
        Runs.Tune(net, _folder.PathTo("both"), "--quiet", "--log-format", "json").Refused(2, "--quiet", "--log-format");
    }

    [Fact]
    public void The_best_net_is_kept_and_named()
    {
        string run = _folder.PathTo("run");
        Result result = Runs.Tune(TestNets.Small(_folder.Path), run, 40, "--keep-best").Done();
        JsonNode best = File.ReadLines(Path.Combine(run, "progress.jsonl")).Select(line => JsonNode.Parse(line)!).MaxBy(line => (double)line["evaluation"]!["total"]!)!;
        byte[] expected = File.ReadAllBytes(Path.Combine(run, "checkpoints", $"step-{(int)best["step"]!:D9}.safetensors"));
        Assert.Equal(expected, File.ReadAllBytes(Path.Combine(run, "best.safetensors")));
        Assert.Contains($"best.safetensors  (step {(int)best["step"]!}", result.Output, StringComparison.Ordinal);
        Rltuner.Run("compose", "--model", Path.Combine(run, "best.safetensors"), "--count", "1", "--output", _folder.PathTo("melodies")).Done();
    }

    [Theory]
    [InlineData("corrected")]
    [InlineData("magenta")]
    public void It_stops_when_nothing_rises(string compatibility)
    {
        // With so small a learning rate nothing ever changes: the first window stands, the two after it are flat.
        string run = _folder.PathTo("run");
        Result result = Rltuner.Run(
            "tune", "--note-rnn", TestNets.Small(_folder.Path), "--output-dir", run, "--training-steps", "320", "--output-every-nth", "40",
            "--stop-when-flat", "2", "--learning-rate", "1e-30", "--compat", compatibility).Done();
        string[] lines = File.ReadAllLines(Path.Combine(run, "progress.jsonl"));
        Assert.Equal(3, lines.Length);
        Assert.Contains("Stopped at step", result.Output, StringComparison.Ordinal);
        Assert.Contains("for 2 windows", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(run, "options.json")))!["stopWhenFlat"]!);
        string net = Path.Combine(run, "checkpoints", "step-000000120.safetensors");
        Assert.Contains(net, result.Output, StringComparison.Ordinal);
        Assert.Equal(38, NoteRnnFile.Load(net).Shape.Classes);
        JsonNode evaluated = JsonNode.Parse(Rltuner.Run("evaluate", "--model", run, "--format", "json").Done().Output)!;
        Assert.Equal(JsonNode.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")))!["after"]!.ToJsonString(), evaluated["after"]!.ToJsonString());
    }

    [Fact]
    public void Nonsense_is_refused() =>
        Runs.Tune(TestNets.Small(_folder.Path), _folder.PathTo("run"), "--stop-when-flat", "0").Refused(2, "--stop-when-flat", "from 1 to 1000000", "found '0'");

    [Fact]
    public void What_melodies_share_with_a_corpus_is_told()
    {
        string corpus = _folder.PathTo("corpus.jsonl"), melodies = _folder.PathTo("melodies.jsonl");
        File.WriteAllLines(corpus, ["{\"events\":[14,0,16,0,18,0,19,0]}", "{\"events\":[2,3,4]}"]);
        File.WriteAllLines(melodies, ["{\"events\":[30,0,16,0,18,0,19,0]}", "{\"events\":[14,16,18,19]}"]);
        JsonNode files = JsonNode.Parse(Rltuner.Run("evaluate", melodies, "--corpus", corpus, "--format", "json").Done().Output)!["figures"]!;
        Assert.Equal((1.5, 3), ((double)files["copied_passage"]!, (int)files["longest_copied_passage"]!));

        string run = _folder.PathTo("run"), net = TestNets.Small(_folder.Path);
        Assert.Contains("longest copied passage", Runs.Tune(net, run, "--corpus", corpus).Done().Output, StringComparison.Ordinal);
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")))!["after"]!;
        JsonNode evaluated = JsonNode.Parse(Rltuner.Run("evaluate", "--model", run, "--corpus", corpus, "--format", "json").Done().Output)!["after"]!;
        Assert.Equal(metrics.ToJsonString(), evaluated.ToJsonString());
        Runs.Tune(net, _folder.PathTo("none"), "--corpus", _folder.PathTo("absent.corpus")).Refused(1, "absent.corpus");
        Assert.False(Directory.Exists(_folder.PathTo("none")));
    }

    public void Dispose() => _folder.Dispose();
}
