using System.Text.Json.Nodes;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>What <c>tune</c> leaves behind.</summary>
public sealed class RunFolderTests(FinishedRun run) : IClassFixture<FinishedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_run_folder_holds_what_others_build_on()
    {
        Assert.Equal(
            ["checkpoints/step-000000000.safetensors", "checkpoints/step-000000160.safetensors", "checkpoints/step-000000320.safetensors",
                .. Figures, .. Melodies("after"), "melodies/after.jsonl", .. Melodies("before"), "melodies/before.jsonl", "melodies/probabilities.json",
                "metrics.json", "options.json", "progress.jsonl", "report.html", "rewards.npz", "run.lock", "state/step-000000160.state", "state/step-000000320.state",
                "tensorboard/events.out.tfevents.0.rltuner"],
            Runs.FilesIn(run.Folder));
        string last = Path.Combine(run.Folder, "checkpoints", "step-000000320.safetensors");
        Assert.Contains(last, run.Output, StringComparison.Ordinal);
        Assert.Contains("theory reward", run.Output, StringComparison.Ordinal);

        NoteRnnModel before = NoteRnnFile.Load(run.Net), start = NoteRnnFile.Load(Path.Combine(run.Folder, "checkpoints", "step-000000000.safetensors"));
        Assert.Equal(before.Weights.Values, start.Weights.Values);
        NoteRnnModel after = NoteRnnFile.Load(last);
        Assert.NotEqual(before.Weights.Values, after.Weights.Values);
        Assert.Equal(MelodyEncoding.Default, after.Encoding);
    }

    [Fact]
    public void The_options_tell_everything_that_the_run_depends_on()
    {
        string folder = _folder.PathTo("run");
        Runs.Tune(run.Net, folder, "--seed", "5", "--algorithm", "psi", "--discount", "0.75", "--key", "D dorian", "--time-signature", "3/4").Done();
        JsonObject options = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "options.json")))!.AsObject();
        Assert.Equal(5, (int)options["seed"]!);
        Assert.Equal("psi", (string?)options["learner"]!["algorithm"]);
        Assert.Equal(0.75, (double)options["learner"]!["discount"]!);
        Assert.Equal("D dorian", (string?)options["theory"]!["key"]);
        Assert.Equal("3/4", (string?)options["theory"]!["timeSignature"]);
        Assert.Equal(320, (int)options["trainingSteps"]!);
        Assert.Equal(("theory", "none"), ((string?)options["theory"]!["ruleSet"], (string?)options["quirks"]));
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", (string?)options["version"]);
        Assert.Matches("^[0-9a-f]{64}$", (string?)options["noteRnn"]!["sha256"]);
        Assert.Equal(38, (int)options["noteRnn"]!["classes"]!);
    }

    [Fact]
    public void A_progress_line_a_window_adds_up()
    {
        JsonNode[] lines = [.. File.ReadAllLines(Path.Combine(run.Folder, "progress.jsonl")).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal([160, 320], lines.Select(line => (int)line["step"]!));
        Assert.All(lines, line =>
        {
            JsonNode train = line["train"]!;
            double theory = (double)train["theory"]!;
            Assert.Equal((double)train["total"]!, theory + (double)train["noteRnn"]!, 1e-6);
            Assert.Equal(9, train["rules"]!.AsObject().Count);
            Assert.Equal(theory, train["rules"]!.AsObject().Sum(rule => (double)rule.Value!["reward"]!), 1e-6);
            Assert.All(train["rules"]!.AsObject(), rule => Assert.InRange((int)rule.Value!["fired"]!, (int)rule.Value["violated"]!, (int)line["steps"]!));
            Assert.Equal((double)line["evaluation"]!["total"]!, (double)line["evaluation"]!["theory"]! + (double)line["evaluation"]!["noteRnn"]!, 1e-6);
            Assert.Equal(100, (int)line["evaluation"]!["melodies"]!);
            Assert.InRange((double)line["evaluation"]!["standardError"]!["total"]!, 1e-6, 10);
            JsonNode target = line["learner"]!["target"]!;
            Assert.InRange((double)target["mean"]!, (double)target["min"]!, (double)target["max"]!);
            Assert.InRange((double)line["policy"]!["kl"]!, 0, 10);
            Assert.InRange((double)line["policy"]!["entropy"]!, 0, Math.Log(38));
            Assert.InRange((double)line["policy"]!["distinct"]!, 0.01, 1);
        });
    }

    [Fact]
    public void The_metrics_stand_side_by_side_and_evaluate_finds_them_again()
    {
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "metrics.json")))!;
        Assert.Equal(1000, (int)metrics["melodies"]!);
        JsonNode evaluated = JsonNode.Parse(Rltuner.Run("evaluate", "--model", run.Folder, "--format", "json").Done().Output)!;
        Assert.Equal(metrics["before"]!.ToJsonString(), evaluated["before"]!.ToJsonString());
        Assert.Equal(metrics["after"]!.ToJsonString(), evaluated["after"]!.ToJsonString());
    }

    [Fact]
    public void The_metrics_hold_each_rule_the_guards_and_intervals()
    {
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "metrics.json")))!;
        Assert.Equal(0, (double)metrics["before"]!["figures"]!["kl_from_note_rnn"]!);
        foreach (string name in (string[])["before", "after"])
        {
            JsonObject figures = metrics[name]!["figures"]!.AsObject(), intervals = metrics[name]!["intervals"]!.AsObject();
            JsonObject rules = metrics[name]!["rules"]!.AsObject();
            Assert.Equal(9, rules.Count);
            Assert.Equal((double)figures["theory_reward"]!, rules.Sum(rule => (double)rule.Value!["reward"]!["value"]!), 1e-6);
            Assert.All(rules, rule => Assert.All((string[])["reward", "fired", "violated"], part =>
            {
                JsonNode figure = rule.Value![part]!;
                Assert.InRange((double)figure["value"]!, (double)figure["interval"]![0]! - 1e-12, (double)figure["interval"]![1]! + 1e-12);
            }));
            Assert.All(intervals, interval => Assert.InRange(
                (double)figures[interval.Key]!, (double)interval.Value![0]! - 1e-12, (double)interval.Value[1]! + 1e-12));
            Assert.False(intervals.ContainsKey("melodies"));
            Assert.True(intervals.ContainsKey("policy_entropy") && intervals.ContainsKey("starting_on_tonic"));
        }
    }

    [Fact]
    public void An_earlier_run_is_never_overwritten()
    {
        byte[] learned = Runs.LastNet(run.Folder);
        Runs.Tune(run.Net, run.Folder).Refused(1, run.Folder, "earlier run", "--output-dir");
        Assert.Equal(learned, Runs.LastNet(run.Folder));
    }

    [Fact]
    public void A_net_tuned_by_G_learning_composes_but_is_not_tuned_again()
    {
        string tuned = _folder.PathTo("tuned");
        Runs.Tune(run.Net, tuned, "--algorithm", "g").Done();
        Rltuner.Run("compose", "--model", tuned, "--count", "2", "--output", _folder.PathTo("melodies")).Done();
        Assert.Contains("prior", Rltuner.Run("checkpoint", "inspect", tuned).Done().Output, StringComparison.Ordinal);
        Runs.Tune(tuned, _folder.PathTo("again")).Refused(2, "G-learning");
        Assert.False(Directory.Exists(_folder.PathTo("again")));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Those of a short run by Boltzmann exploration, in order.</summary>
    private static string[] Figures =>
    [
        .. new[]
        {
            "evaluation", "intervals", "learner-loss", "learner-target", "melody-after", "melody-before", "pitches", "policy", "probabilities-after",
            "probabilities-before", "rewards", "rules-rewards", "rules-violations",
        }.Select(name => $"figures/{name}.svg"),
    ];

    private static string[] Melodies(string name) => [.. Enumerable.Range(1, 10).Select(number => $"melodies/{name}-{number:D2}.mid")];
}
