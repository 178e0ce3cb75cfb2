using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>Each option of <c>compose</c> does what its sentence says, and what does not fit together is refused before anything is written.</summary>
public sealed class ComposingOptionTests(BadFiles files) : IClassFixture<BadFiles>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Lengths_are_bars_or_sixteenths()
    {
        foreach ((string length, int expected) in new[] { ("2bars", 24), ("2 Bars", 24), ("1bar", 12), ("20", 20), ("20 steps", 20) })
        {
            Assert.Equal(expected, Compose("--length", length, "--time-signature", "3/4")[0].Events.Length);
        }
    }

    [Fact]
    public void Every_way_of_choosing_composes_other_melodies_and_the_same_each_time()
    {
        string[][] ways =
        [
            [], ["--temperature", "0.6"], ["--top-k", "3"], ["--top-p", "0.5"], ["--beam-size", "3", "--branch-factor", "3"], ["--steps-per-iteration", "4", "--beam-size", "2", "--branch-factor", "2"],
            ["--best-of", "4"], ["--best-of", "4", "--by", "likelihood"], ["--most-probable"], ["--primer-melody", "[60, -2, 64, -2]"], ["--temperature", "0.8", "--top-k", "9", "--top-p", "0.9"],
        ];
        string[] texts = [.. ways.Select(way => string.Join('|', Compose(way).Select(melody => melody.ToString())))];
        Assert.Equal(ways.Length, texts.Distinct().Count());
        Assert.Equal(texts[4], string.Join('|', Compose(ways[4]).Select(melody => melody.ToString())));
        Assert.Equal(texts[7], string.Join('|', Compose(ways[7]).Select(melody => melody.ToString())));
    }

    [Fact]
    public void Keys_and_semitones_move_what_is_composed()
    {
        MelodyNote[] plain = [.. Compose()[0].Notes()];
        IEnumerable<MelodyNote> Moved(int semitones) => plain.Select(note => note with { Pitch = note.Pitch + new Interval(semitones) });
        Assert.Equal(Moved(2), Notes("--key", "D major"));
        Assert.Equal(Moved(-3), Notes("--transpose", "-3"));
        Assert.Equal(Moved(-10), Notes("--key", "D major", "--transpose", "-12"));
        Assert.Equal(Moved(0), Notes("--key", "A minor"));
    }

    [Fact]
    public void The_best_of_several_is_said_and_is_one_of_them()
    {
        string all = _folder.PathTo("all.jsonl"), best = _folder.PathTo("best.jsonl");
        Rltuner.Run("compose", "--model", files.PathTo("net.safetensors"), "--count", "6", "--output", all).Done();
        Result said = Rltuner.Run("compose", "--model", files.PathTo("net.safetensors"), "--count", "2", "--best-of", "3", "--by", "rules", "--output", best).Done();
        string[] candidates = File.ReadAllLines(all), chosen = File.ReadAllLines(best);
        for (int i = 0; i < 2; i++)
        {
            int number = Array.IndexOf(candidates, chosen[i]) - (3 * i) + 1;
            Assert.InRange(number, 1, 3);
            Assert.StartsWith($"melody {i + 1}: took number {number} of 3: rules ", said.Lines[i], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Several_formats_go_to_one_folder_and_the_ending_of_a_file_says_its_own()
    {
        string folder = _folder.PathTo("tunes");
        Rltuner.Run(
            "compose", "--model", files.PathTo("net.safetensors"), "--count", "2", "--format", "midi0,musicxml,ABC,wav,jsonl", "--name", "Morning", "--velocity", "70", "--output", folder).Done();
        Assert.Equal(
            ["melodies.jsonl", "melody-01.abc", "melody-01.mid", "melody-01.musicxml", "melody-01.wav", "melody-02.abc", "melody-02.mid", "melody-02.musicxml", "melody-02.wav"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("T:Morning 2\n", File.ReadAllText(Path.Combine(folder, "melody-02.abc")), StringComparison.Ordinal);
        Assert.Equal(0, File.ReadAllBytes(Path.Combine(folder, "melody-01.mid"))[9]);
        Assert.Contains("dynamics=\"77.78\"", File.ReadAllText(Path.Combine(folder, "melody-01.musicxml")), StringComparison.Ordinal);

        string file = _folder.PathTo("tune.xml");
        Rltuner.Run("compose", "--model", files.PathTo("net.safetensors"), "--output", file).Done();
        Assert.Contains("score-partwise", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--top-p|0", "--top-p: expected a number above 0 to 1, found '0'")]
    [InlineData("--top-k|0", "--top-k: expected a whole number from 1 to 130, found '0'")]
    [InlineData("--most-probable|--top-k|3", "--most-probable: expected no temperature, top-k or top-p beside it")]
    [InlineData("--most-probable|--beam-size|3", "--most-probable: expected no --beam-size beside it")]
    [InlineData("--beam-size|200|--branch-factor|100", "--beam-size: expected at most 16384 with branch-factor multiplied, found 20000")]
    [InlineData("--best-of|4|--beam-size|3", "--best-of: expected no beam search beside it")]
    [InlineData("--by|rules", "--by: expected --best-of with it")]
    [InlineData("--best-of|2000|--count|1000", "--best-of: expected at most 1000000 melodies in all")]
    [InlineData("--length|0bars", "--length: expected bars such as 8bars, or sixteenths such as 128, from 1 to 65536 in all, found '0bars'")]
    [InlineData("--length|9999bars", "found '9999bars'")]
    [InlineData("--length|long", "found 'long'")]
    [InlineData("--length|8bars|--num-notes-in-melody|32", "--length: expected no --num-notes-in-melody beside it")]
    [InlineData("--primer-melody|[60, 300]", "--primer-melody: expected a list such as \"[60, -2, 62]\"", "found '300'")]
    [InlineData("--primer-melody|[100]", "--primer-melody: expected a primer within C3 to B5, found E7")]
    [InlineData("--primer-melody|[60]|--midi-primer|@good.jsonl", "--primer-melody: expected no --midi-primer beside it")]
    [InlineData("--format|mp3", "--format: expected some of midi, midi0, musicxml, abc, wav, jsonl; found 'mp3'")]
    [InlineData("--format|midi,midi0", "--format: expected midi or midi0, found both")]
    [InlineData("--format|abc|--output|@new/tune.mid", "--format abc: expected a folder by --output, or a file of that format")]
    [InlineData("--output|@new/tune.mp3", "--output: expected a folder, or a file of a known format", "found '.mp3'")]
    [InlineData("--soundfont|@good.jsonl", "--soundfont: expected sound to be written")]
    [InlineData("--transpose|100", "expected pitches that stay within MIDI's 0 to 127")]
    [InlineData("--key|H major", "expected a key such as", "H major")]
    [InlineData("--velocity|0", "--velocity: expected a whole number from 1 to 127, found '0'")]
    [InlineData("--format|abc,midi|--time-signature|5/64", "expected a metre whose bars fill whole sixteenths, found 5/64")]
    [InlineData("--format|midi,wav|--tempo|3.6|--length|2000|--count|2", "expected a melody of at most 3600 seconds")]
    [InlineData("--key|D major|--format|jsonl,midi|--temperature|50|--count|20", "expected pitches C3 to B5")]
    public void What_does_not_fit_is_told_and_nothing_is_written(string options, params string[] words)
    {
        string[] asked = [.. options.Split('|').Select(word => word.StartsWith("@new", StringComparison.Ordinal) ? _folder.PathTo(word[1..]) : word.StartsWith('@') ? files.PathTo(word[1..]) : word)];
        string[] output = asked.Contains("--output") ? [] : ["--output", _folder.PathTo("new")];
        Rltuner.Run(["compose", "--model", files.PathTo("net.safetensors"), .. asked, .. output]).Refused(2, words);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_in_the_way_of_one_file_keeps_all_others_from_being_written()
    {
        Directory.CreateDirectory(_folder.PathTo("out/melody-02.mid"));
        Rltuner.Run("compose", "--model", files.PathTo("net.safetensors"), "--count", "3", "--output", _folder.PathTo("out")).Refused(1, "melody-02.mid", "folder in the way");
        Assert.Equal([_folder.PathTo("out/melody-02.mid")], Directory.GetFileSystemEntries(_folder.PathTo("out")));
        Rltuner.Run("compose", "--model", files.PathTo("net.safetensors"), "--format", "wav", "--soundfont", files.PathTo("good.jsonl"), "--output", _folder.PathTo("sound"))
            .Refused(1, "good.jsonl", "expected a SoundFont");
        Assert.False(Path.Exists(_folder.PathTo("sound")));
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<MelodyNote> Notes(params string[] options)
    {
        string output = _folder.PathTo("out.mid");
        Rltuner.Run(["compose", "--model", files.PathTo("net.safetensors"), "--output", output, .. options]).Done();
        return Scores.Midi.MidiReader.Read(output).Notes.Select(note => new MelodyNote(note.Pitch, (int)(note.Start / 120), (int)((note.End - note.Start) / 120)));
    }

    private Melody[] Compose(params string[] options)
    {
        string output = _folder.PathTo("out.jsonl");
        Rltuner.Run(["compose", "--model", files.PathTo("net.safetensors"), "--count", "2", "--output", output, .. options]).Done();
        return [.. MelodyJsonLines.Read(output, MelodyEncoding.Default)];
    }
}
