using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>compose</c>, and the other commands reading what it wrote.</summary>
public sealed class ComposeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Jsonl_and_MIDI_hold_the_same_melodies()
    {
        string net = TestNets.Small(_folder.Path), lines = _folder.PathTo("new/folder/all.jsonl");
        Rltuner.Run("compose", "--model", net, "--count", "3", "--num-notes-in-melody", "48", "--output", lines).Done();
        Rltuner.Run("compose", "--model", net, "--count", "3", "--num-notes-in-melody", "48", "--output", _folder.PathTo("midi")).Done();
        Melody[] melodies = [.. MelodyJsonLines.Read(lines, MelodyEncoding.Default)];
        Assert.All(melodies, melody => Assert.Equal((48, 48), (melody.Events.Length, melody.PlannedLength)));
        Assert.Equal(3, melodies.Length);
        for (int i = 0; i < melodies.Length; i++)
        {
            Assert.Equal(melodies[i].Notes(), Heard(_folder.PathTo($"midi/melody-0{i + 1}.mid")));
        }
    }

    [Fact]
    public void Composed_files_can_be_explained_evaluated_and_predicted()
    {
        string net = TestNets.Small(_folder.Path), folder = _folder.PathTo("midi");
        Rltuner.Run("compose", "--model", net, "--count", "2", "--tempo", "90", "--program", "73", "--output", folder).Done();
        string[] files = Directory.GetFiles(folder);
        Assert.Equal(2, Rltuner.Run(["explain", "--format", "json", .. files]).Done().Lines.Length);
        Assert.Contains("melody-01.mid", Rltuner.Run(["explain", .. files]).Done().Output, StringComparison.Ordinal);
        Assert.Contains("\"figures\"", Rltuner.Run(["evaluate", "--format", "json", .. files]).Done().Output, StringComparison.Ordinal);
        Assert.Contains("notes not in key", Rltuner.Run(["evaluate", "--key", "G major", .. files]).Done().Output, StringComparison.Ordinal);
        Assert.Equal(2, Rltuner.Run(["predict", "--model", net, "--format", "json", .. files]).Done().Lines.Length);
        Assert.Contains("expected next", Rltuner.Run(["predict", "--model", net, "--input", .. files]).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cold_net_repeats_itself_and_a_primer_is_heard()
    {
        string net = TestNets.Small(_folder.Path), primer = _folder.PathTo("primer.jsonl"), other = _folder.PathTo("other.jsonl");
        File.WriteAllText(primer, "{\"events\":[14,0,16,0,18,0,0,0]}\n");
        File.WriteAllText(other, "{\"events\":[37,36,35,34,33,32,31]}\n");
        string First(params string[] options)
        {
            string output = _folder.PathTo("out.jsonl");
            Rltuner.Run(["compose", "--model", net, "--count", "2", "--output", output, .. options]).Done();
            return File.ReadAllText(output);
        }

        string cold = First("--temperature", "0.0001", "--midi-primer", primer);
        string[] lines = cold.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines[0], lines[1]);
        Assert.NotEqual(First("--midi-primer", primer), First("--midi-primer", other));
        Assert.NotEqual(First("--seed", "1"), First("--seed", "2"));
    }

    [Theory]
    [InlineData("4/4", 16)]
    [InlineData("3/4", 12)]
    public void A_primer_fills_a_bar_and_stands_in_front_where_it_is_asked_for(string metre, int bar)
    {
        string primer = _folder.PathTo("primer.mid"), lines = _folder.PathTo("all.jsonl");
        Scores.Midi.MidiWriter.Write(primer, Melody.FromClasses([14, 0, 0, 16, 0, 18, 0, 0], MelodyEncoding.Default));
        Melody[] Composed(params string[] options)
        {
            Rltuner.Run(["compose", "--count", "3", "--midi-primer", primer, "--time-signature", metre, "--output", lines, .. options]).Done();
            return [.. MelodyJsonLines.Read(lines, MelodyEncoding.Default)];
        }

        Melody[] alone = Composed(), whole = Composed("--continue");
        int[] filled = [14, 0, 0, 16, 0, 18, .. Enumerable.Repeat(0, bar - 6)];
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.Equal((32, bar + 32), (alone[i].Events.Length, whole[i].PlannedLength));
            Assert.Equal([.. filled, .. alone[i].ToClasses(MelodyEncoding.Default)], whole[i].ToClasses(MelodyEncoding.Default));
        }

        string tune = _folder.PathTo("tune.mid");
        Rltuner.Run("compose", "--midi-primer", primer, "--time-signature", metre, "--continue", "--output", tune).Done();
        Assert.Equal(whole[0].Notes(), Heard(tune));
    }

    [Fact]
    public void To_continue_there_must_be_a_primer() =>
        Rltuner.Run("compose", "--continue", "--output", _folder.PathTo("tune.mid")).Refused(2, "--continue", "--midi-primer");

    [Fact]
    public void A_net_of_others_begins_on_the_beat_with_a_note_of_the_key()
    {
        string tunes = _folder.PathTo("tunes");
        Rltuner.Run("compose", "--model", TestNets.Small(_folder.Path), "--key", "Eb dorian", "--count", "50", "--output", tunes).Done();
        Key key = Key.Parse("Eb dorian");
        Assert.All(Directory.GetFiles(tunes), tune => Assert.True(Heard(tune).First() is { Start: 0 } first && key.Contains(first.Pitch)));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<MelodyNote> Heard(string path) =>
        Scores.Midi.MidiReader.Read(path).Notes.Select(note => new MelodyNote(note.Pitch, (int)(note.Start / 120), (int)((note.End - note.Start) / 120)));
}
