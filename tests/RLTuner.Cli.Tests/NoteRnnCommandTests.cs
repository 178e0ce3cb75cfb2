using System.Text.Json;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

public sealed class NoteRnnCommandTests
{
    [Fact]
    public void Training_writes_the_best_net_and_what_is_needed_to_go_on()
    {
        using TemporaryFolder folder = new();
        string corpus = Corpus(folder), net = Path.Combine(folder.Path, "tiny.safetensors"), log = Path.Combine(folder.Path, "tiny.training.jsonl");
        Result first = Rltuner.Run("note-rnn", "train", corpus, "--output", net, "--units", "12", "--inputs", "bars-ago:1,bar", "--epochs", "3", "--batch-size", "4").Done();
        Assert.Contains("LSTM 12, 38 classes, hears event bars-ago:1 bar on 20 melodies, judged by 4 held out", first.Output);
        Assert.Contains("events/s", first.Output);
        NoteRnnModel trained = NoteRnnFile.Load(net);
        Assert.Equal(("event bars-ago:1 bar", true), (trained.Shape.Inputs.ToString(), trained.KnowsBeginnings));
        JsonElement[] epochs = [.. File.ReadLines(log).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([1, 2, 3], epochs.Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        Assert.True(epochs[2].GetProperty("validation").GetProperty("loss").GetDouble() < epochs[0].GetProperty("validation").GetProperty("loss").GetDouble());

        Rltuner.Run("note-rnn", "train", corpus, "--output", net, "--resume", "--epochs", "5").Done();
        Assert.Equal(5, File.ReadLines(log).Count());

        string whole = Path.Combine(folder.Path, "whole.safetensors");
        Rltuner.Run("note-rnn", "train", corpus, "--output", whole, "--units", "12", "--inputs", "bars-ago:1,bar", "--epochs", "5", "--batch-size", "4").Done();
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(net));
    }

    [Fact]
    public void Evaluation_prints_how_well_events_are_predicted_and_what_is_composed()
    {
        using TemporaryFolder folder = new();
        string corpus = Corpus(folder);
        Result result = Rltuner.Run("note-rnn", "evaluate", "--corpus", corpus).Done();
        Assert.StartsWith("shipped (LSTM 100, 38 classes, hears event bars-ago:1 bars-ago:2 bars-ago:4 bar) on 4 melodies held out", result.Output, StringComparison.Ordinal);
        Assert.Contains("nats an event", result.Output);
        JsonElement json = JsonDocument.Parse(Rltuner.Run("note-rnn", "evaluate", "--corpus", corpus, "--set", "all", "--format", "json").Done().Output).RootElement;
        Assert.Equal(24 * 31, json.GetProperty("events").GetInt32());
        Assert.InRange(json.GetProperty("note_accuracy").GetDouble(), 0, 1);
        Assert.Equal(1, json.GetProperty("likeness").GetProperty("in_key")[0].GetDouble());
    }

    [Fact]
    public void With_no_net_named_every_command_takes_the_shipped_one()
    {
        using TemporaryFolder folder = new();
        string melodies = Path.Combine(folder.Path, "melodies"), run = Path.Combine(folder.Path, "run");
        Rltuner.Run("compose", "--count", "2", "--output", melodies).Done();
        Assert.Equal(2, Directory.GetFiles(melodies, "*.mid").Length);
        Assert.Contains("10 melodies of shipped", Rltuner.Run("evaluate", "--count", "10").Done().Output);
        Rltuner.Run("predict", Directory.GetFiles(melodies, "*.mid")[0]).Done();
        Result tuned = Rltuner.Run("tune", "--training-steps", "300", "--output-dir", run).Done();
        Assert.Contains("Tuning shipped (LSTM 100, 38 classes, hears event bars-ago:1 bars-ago:2 bars-ago:4 bar, C3 to B5)", tuned.Output);
    }

    [Fact]
    public void What_cannot_be_trained_on_is_refused_with_what_to_do()
    {
        using TemporaryFolder folder = new();
        string corpus = Corpus(folder), net = Path.Combine(folder.Path, "n.safetensors"), lines = Path.Combine(folder.Path, "lines.jsonl");
        File.WriteAllText(lines, "{\"events\":[14,0,16,0]}\n");
        Train(lines, net).Refused(2, "validation");
        Train(Path.Combine(folder.Path, "none.corpus"), net).Refused(1, "none.corpus");
        Train(folder.Path, net).Refused(1, "folder", "corpus build");
        Train(corpus, Path.Combine(folder.Path, "n.bin")).Refused(2, "--output", ".safetensors");
        Train(corpus, net, "--units", "100,x").Refused(2, "--units", "100,x");
        Train(corpus, net, "--dropout", "1").Refused(2, "--dropout");
        Train(corpus, net, "--inputs", "bars").Refused(2, "inputs", "'bars'");
        Train(corpus, net, "--resume").Refused(1, "--resume");
        Train(corpus, Path.Combine(corpus, "n.safetensors"), "--epochs", "1").Refused(1, "expected a folder");
        Rltuner.Run("note-rnn", "evaluate", net, "--corpus", corpus).Refused(1, "n.safetensors");
        Assert.False(File.Exists(net));
    }

    [Fact]
    public void A_rate_that_breaks_the_net_is_told()
    {
        using TemporaryFolder folder = new();
        string net = Path.Combine(folder.Path, "n.safetensors");
        Result result = Train(Corpus(folder), net, "--learning-rate", "1e38", "--units", "8");
        result.Refused(1, "learning-rate");
        Assert.False(File.Exists(net));
    }

    [Fact]
    public void A_loss_whose_perplexity_is_infinite_is_no_usage_error()
    {
        using TemporaryFolder folder = new();
        Result result = Train(Corpus(folder), Path.Combine(folder.Path, "n.safetensors"), "--learning-rate", "1e6", "--units", "8", "--epochs", "2");
        Assert.DoesNotContain("Json", result.Errors, StringComparison.Ordinal);
        Assert.NotEqual(2, result.Code);
    }

    private static Result Train(string corpus, string net, params string[] more) => Rltuner.Run(["note-rnn", "train", corpus, "--output", net, .. more]);

    /// <summary>Scales, 20 to learn from and 4 to judge by, 32 events each.</summary>
    private static string Corpus(TemporaryFolder folder)
    {
        string path = Path.Combine(folder.Path, "scales.corpus");
        CorpusMelody[] melodies = [.. Enumerable.Range(0, 24).Select(i => new CorpusMelody($"piece {i}", Scale(i)))];
        CorpusFile.Save(new MelodyCorpus { Encoding = MelodyEncoding.Default, Training = [.. melodies[..20]], Validation = [.. melodies[20..]] }, path);
        return path;
    }

    private static Melody Scale(int first)
    {
        int[] degrees = [0, 2, 4, 5, 7, 9, 11];
        return new Melody([.. Enumerable.Range(0, 32).Select(t => t % 2 == 0
            ? MelodyEvent.NoteOn(new Pitch(60 + degrees[(first + (t / 2)) % 7]))
            : MelodyEvent.Hold)]);
    }
}
