using System.Diagnostics;
using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.NoteRnn;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Whether melodies are music like that of a corpus: what the program says of it.</summary>
public sealed class MusicTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Evaluate_agrees_with_another_program()
    {
        string tools = Path.GetDirectoryName(SharedFolder.PathTo("tools", "music.py"))!, corpus = _folder.PathTo("tunes.corpus");
        string melodies = _folder.PathTo("melodies.jsonl");
        CorpusFile.Save(CorpusFile.Load(SharedFolder.PathTo("corpora", "derived", "cre.jsonl.gz")), corpus);
        Rltuner.Run("compose", "--count", "300", "--output", melodies).Done();
        JsonNode music = Python(
            "import sys, json; sys.path.insert(0, sys.argv[1]); import music; reference = music.histograms(music.windows(sys.argv[2])); "
            + "print(json.dumps(music.figures(music.windows(sys.argv[3]), reference)))",
            tools,
            corpus,
            melodies);
        JsonNode found = JsonNode.Parse(Rltuner.Run("evaluate", melodies, "--corpus", corpus, "--format", "json").Done().Output)!["figures"]!;
        (string Theirs, string Ours)[] same =
        [
            ("distinct", "different_melodies"), ("notes a bar", "notes_per_bar"), ("on the eighth grid", "on_eighth_grid"), ("ioi entropy", "length_entropy"),
            ("ends on tonic", "ending_on_tonic"), ("half bar three times", "half_bar_three_times"), ("tv pc", "pitch_class_distance"),
            ("tv interval", "interval_distance"), ("tv ioi", "length_distance"), ("tv position", "position_distance"), ("tv halfbar", "half_bar_distance"),
        ];
        Assert.All(same, pair => Assert.Equal((double)music[pair.Theirs]!, (double)found[pair.Ours]!, 1e-9));
    }

    [Fact]
    public void The_published_net_plays_on_the_beat_by_another_programs_count()
    {
        // While the note that it began from was heard, but not written, 9 of 10 notes lay on odd sixteenths.
        string tools = Path.GetDirectoryName(SharedFolder.PathTo("tools", "music.py"))!, net = SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994");
        string melodies = _folder.PathTo("melodies.jsonl"), run = _folder.PathTo("run");
        Rltuner.Run("compose", "--model", net, "--count", "500", "--output", melodies).Done();
        Rltuner.Run("tune", "--note-rnn", net, "--preset", "paper", "--training-steps", "2000", "--no-figures", "--output-dir", run).Done();
        foreach (string file in (string[])[melodies, .. Directory.GetFiles(Path.Combine(run, "melodies"), "*.jsonl")])
        {
            JsonNode music = Python("import sys, json; sys.path.insert(0, sys.argv[1]); import music; print(json.dumps(music.figures(music.windows(sys.argv[2]))))", tools, file);
            Assert.Equal(1, (double)music["starts with a note on the bar"]!);
            if (file == melodies)
            {
                Assert.InRange((double)music["on the eighth grid"]!, .89, 1);
                Assert.InRange((double)music["tv position"]!, 0, .2);
            }
        }
    }

    [Fact]
    public void A_run_is_held_against_what_its_net_learned_from()
    {
        string run = _folder.PathTo("run");
        Assert.Contains("half bar distance", Rltuner.Run("tune", "--training-steps", "4096", "--output-dir", run).Done().Output, StringComparison.Ordinal);
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")))!;
        Assert.Equal("4/4", (string)metrics["corpus"]!["metre"]!);
        Assert.InRange((double)metrics["before"]!["figures"]!["position_distance"]!, 0, .1);
        JsonNode window = JsonNode.Parse(File.ReadLines(Path.Combine(run, "progress.jsonl")).First())!;
        Assert.InRange((double)window["music"]!["half_bar_distance"]!, 0, 1);
        string page = File.ReadAllText(Path.Combine(run, "report.html"));
        Assert.All(
            ["Does it keep the key?", "Where does it end?", "Is the rhythm alive?", "Is it like the tunes it learned from?", "Is it copied?", "id=\"corpus\""],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Equal("4/4", NoteRnnFile.Load(Directory.GetFiles(Path.Combine(run, "checkpoints")).Max(StringComparer.Ordinal)!).LearnedFrom[0].Metre.ToString());
        JsonNode evaluated = JsonNode.Parse(Rltuner.Run("evaluate", "--model", run, "--format", "json").Done().Output)!["after"]!;
        Assert.Equal(metrics["after"]!.ToJsonString(), evaluated.ToJsonString());
    }

    [Fact]
    public void A_net_is_given_histograms_and_keeps_its_weights()
    {
        string net = TestNets.Small(_folder.Path), corpus = _folder.PathTo("tunes.jsonl"), given = _folder.PathTo("given.safetensors");
        File.WriteAllLines(corpus, Enumerable.Repeat("{\"events\":[14,0,0,0,16,0,0,0,18,0,0,0,19,0,0,0,14,0,0,0,16,0,0,0,18,0,0,0,19,0,0,0]}", 20));
        Assert.Contains("4.00 a bar", Rltuner.Run("note-rnn", "histograms", net, "--corpus", corpus, "--output", given).Done().Output, StringComparison.Ordinal);
        Assert.Equal(NoteRnnFile.Load(net).Weights.Values, NoteRnnFile.Load(given).Weights.Values);
        Assert.Equal(160, Assert.Single(NoteRnnFile.Load(given).LearnedFrom).PitchClasses.Sum());
        File.WriteAllLines(corpus, ["{\"events\":[14,0,16,0]}"]);
        Rltuner.Run("note-rnn", "histograms", net, "--corpus", corpus, "--output", _folder.PathTo("none.safetensors")).Refused(2, "tunes.jsonl", "20 windows");
        Rltuner.Run("note-rnn", "histograms", net, "--corpus", corpus, "--output", _folder.PathTo("none.ckpt")).Refused(2, "--output", ".safetensors");
        Assert.False(File.Exists(_folder.PathTo("none.safetensors")));
    }

    [Fact]
    public void A_collapse_is_warned_of_and_ends_the_run_where_that_is_wanted()
    {
        string on = _folder.PathTo("on"), stopped = _folder.PathTo("stopped");
        string[] tune = ["tune", "--preset", "paper", "--training-steps", "30000", "--output-every-nth", "3000", "--entropy-floor", "1", "--distinct-floor", "0", "--no-figures"];
        Result warned = Rltuner.Run([.. tune, "--output-dir", on]), ended = Rltuner.Run([.. tune, "--output-dir", stopped, "--stop-on-collapse"]);
        Assert.Equal((0, 0), (warned.Code, ended.Code));
        Assert.StartsWith("rltuner: collapse at step ", Assert.Single(warned.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(10, File.ReadLines(Path.Combine(on, "progress.jsonl")).Count());
        Assert.Contains("of 30,000: collapse at step", ended.Output, StringComparison.Ordinal);
        Assert.InRange(File.ReadLines(Path.Combine(stopped, "progress.jsonl")).Count(), 1, 9);
        Assert.True(File.Exists(Path.Combine(stopped, "metrics.json")));
    }

    public void Dispose() => _folder.Dispose();

    private static JsonNode Python(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", ["-c", .. arguments]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return JsonNode.Parse(output)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs python3");
            throw;
        }
    }
}
