using System.Text.Json.Nodes;
using RLTuner.Music;
using RLTuner.Scores.Midi;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>corpus build</c> and <c>corpus show</c>.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CorpusTests()
    {
        Directory.CreateDirectory(PathTo("tunes"));
        for (int i = 0; i < 4; i++)
        {
            MidiWriter.Write(PathTo($"tunes/tune-{i}.mid"), Scale(i));
        }

        File.WriteAllText(PathTo("tunes/torn.mid"), "MThd");
        File.WriteAllText(PathTo("tunes/readme.txt"), "tunes");
        File.WriteAllText(PathTo("file"), "");
        Directory.CreateDirectory(PathTo("empty"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_writes_a_corpus_and_a_report_and_show_prints_it()
    {
        Result built = Build("--validation", "0.25").Done();

        Assert.Contains("5 MIDI", built.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be read", built.Output, StringComparison.Ordinal);
        Assert.Contains("torn.mid", File.ReadAllText(PathTo("out/folk.corpus.report.txt")), StringComparison.Ordinal);
        JsonNode report = JsonNode.Parse(File.ReadAllText(PathTo("out/folk.corpus.report.json")))!;
        Assert.Equal((3, 1), ((int)report["train"]!["melodies"]!, (int)report["validation"]!["melodies"]!));
        Assert.Equal("best-fit", (string?)report["settings"]!["key"]);
        Assert.EndsWith("torn.mid", (string?)report["left_out"]![0]!["name"], StringComparison.Ordinal);
        string shown = Rltuner.Run("corpus", "show", PathTo("out/folk.corpus")).Done().Output;
        Assert.Contains("38 classes, C3 to B5", shown, StringComparison.Ordinal);
        Assert.Contains("--validation 0.25", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_command_writes_the_same_bytes()
    {
        Build().Done();
        byte[][] first = [.. Directory.GetFiles(PathTo("out")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        Build().Done();

        Assert.Equal(first, Directory.GetFiles(PathTo("out")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
        Assert.Equal(3, first.Length);
    }

    [Fact]
    public void A_corpus_written_among_its_sources_is_no_source_of_the_next()
    {
        string[] line = ["corpus", "build", PathTo("tunes"), "--output", PathTo("tunes/folk.corpus"), "--keep-duplicates"];
        string first = Rltuner.Run(line).Done().Output;

        Assert.Equal(first, Rltuner.Run(line).Done().Output);
        Assert.Contains("  --keep-duplicates\n", File.ReadAllText(PathTo("tunes/folk.corpus.report.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_is_shown_and_not_built()
    {
        File.WriteAllText(PathTo("silence.jsonl"), "{\"events\":[]}\n");

        Rltuner.Run("corpus", "show", PathTo("silence.jsonl")).Done();
        Rltuner.Run("corpus", "build", PathTo("silence.jsonl"), "--output", PathTo("a.corpus")).Refused(1, "no notes");
    }

    [Fact]
    public void A_melody_too_long_for_a_record_is_refused()
    {
        File.WriteAllText(PathTo("long.jsonl"), $"{{\"events\":[14{string.Concat(Enumerable.Repeat(",0", 100_000))}]}}\n");

        Rltuner.Run("corpus", "build", PathTo("long.jsonl"), "--output", PathTo("magenta"), "--format", "tfrecord").Refused(1, "16 MiB", "--max-steps-truncate");
    }

    [Fact]
    public void Nets_are_trained_on_sixteenths_alone()
    {
        Build("--steps-per-quarter", "12", "--validation", "0.25").Done();

        Rltuner.Run("note-rnn", "train", PathTo("out/folk.corpus"), "--output", PathTo("a.safetensors")).Refused(2, "4 steps a quarter", "found 12");
        Rltuner.Run("note-rnn", "evaluate", "--corpus", PathTo("out/folk.corpus")).Refused(2, "4 steps a quarter", "found 12");
    }

    [Fact]
    public void Corpora_for_Magenta_are_written_and_read_again()
    {
        Rltuner.Run("corpus", "build", PathTo("tunes"), "--output", PathTo("magenta"), "--format", "tfrecord", "--validation", "0.25").Done();

        Assert.Equal(
            ["eval_melodies.tfrecord", "training_melodies.tfrecord"], Directory.GetFiles(PathTo("magenta")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Rltuner.Run("corpus", "build", PathTo("magenta"), "--output", PathTo("again.corpus")).Done();
        Assert.Contains("4", Rltuner.Run("corpus", "show", PathTo("again.corpus")).Done().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("evaluate")]
    public void Corpora_and_notation_are_melody_files(string command)
    {
        Build().Done();
        File.WriteAllText(PathTo("a.abc"), "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nCDEF GABc|c8|\n");

        Rltuner.Run(command, PathTo("out/folk.corpus")).Done();
        Rltuner.Run(command, PathTo("a.abc")).Done();
    }

    [Theory]
    [InlineData("@absent", "@out.corpus", 1, "absent", "check the path")]
    [InlineData("@empty", "@out.corpus", 1, "expected files of music", "no files at all")]
    [InlineData("@tunes/readme.txt", "@out.corpus", 1, "expected files of music", "1 of other kinds")]
    [InlineData("@tunes/torn.mid", "@out.corpus", 1, "expected melodies", "torn.mid, byte")]
    [InlineData("@tunes --min-bars 50", "@out.corpus", 1, "too few bars (4)", "--min-bars")]
    [InlineData("@tunes --min-in-key 1 --key none --min-unique-pitches 12", "@out.corpus", 1, "--min-unique-pitches")]
    [InlineData("@tunes", "@file/out.corpus", 1, "folder to write to", "in the way")]
    [InlineData("@tunes", "@empty", 2, "--output", "folder")]
    [InlineData("@tunes --validation 1", "@out.corpus", 2, "--validation", "found 1")]
    [InlineData("@tunes --transpose up", "@out.corpus", 2, "--transpose", "up")]
    [InlineData("@tunes --key major", "@out.corpus", 2, "--key", "signature")]
    [InlineData("@tunes --classes 8", "@out.corpus", 2, "--classes", "octave")]
    [InlineData("@tunes --lowest-pitch 100", "@out.corpus", 2, "--lowest-pitch: expected 0 to 92", "found 100")]
    [InlineData("@tunes --steps-per-quarter 0", "@out.corpus", 2, "--steps-per-quarter")]
    public void What_cannot_be_built_is_refused_and_nothing_is_left(string line, string output, int code, params string[] words)
    {
        string[] before = Entries();

        Rltuner.Run(["corpus", "build", .. $"{line} --output {output}".Split(' ').Select(word => word[0] == '@' ? PathTo(word[1..]) : word)])
            .Refused(code, words);

        Assert.Equal(before, Entries());
    }

    [Theory]
    [InlineData("absent.corpus", "none")]
    [InlineData("file", "expected a corpus file, found an empty file")]
    [InlineData("tunes/readme.txt", "line 1")]
    public void Show_refuses_what_is_no_corpus(string file, string word) => Rltuner.Run("corpus", "show", PathTo(file)).Refused(1, word);

    private string PathTo(string name) => _folder.PathTo(name);

    private string[] Entries() => [.. Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private Result Build(params string[] more) => Rltuner.Run(["corpus", "build", PathTo("tunes"), "--output", PathTo("out/folk.corpus"), .. more]);

    /// <summary>Eight bars of a scale in quarter notes, that goes its own way in each tune.</summary>
    private static Melody Scale(int number) => new(
        [.. Enumerable.Range(0, 128).Select(step => step % 4 > 0
            ? MelodyEvent.Hold
            : MelodyEvent.NoteOn(new Pitch(60 + Mode.Major.Semitones[step / 4 * (number + 1) % 7])))]);
}
