using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Corpus;

public sealed class MelodyFilesTests
{
    private static readonly Melody Tune = Melody.FromClasses([14, 0, 1, 16], MelodyEncoding.Default);

    [Fact]
    public void A_tune_that_cannot_be_read_costs_no_other_of_its_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("tunes.abc");
        File.WriteAllText(path, "X:1\nT:Bad\nK:C\nA&&&&&&&&&&&&&&&&&&\n\nX:2\nL:1/4\nK:C\nA B =\n");
        List<string> remarks = [];

        Assert.Single(MelodyFiles.Read(path, MelodyEncoding.Default, remark: remarks.Add));
        Assert.Contains("the tune is left out", remarks[0], StringComparison.Ordinal);
        Assert.Contains("tune 2, line 9: expected a note", remarks[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".kar")]
    [InlineData(".rmi")]
    [InlineData(".SMF")]
    [InlineData(".midi")]
    public void Every_ending_of_midi_is_known(string ending)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("a" + ending);
        File.WriteAllBytes(path, MidiWriter.ToBytes(Tune));

        Assert.Equal(Tune.Notes(), Assert.Single(MelodyFiles.Read(path, MelodyEncoding.Default)).Notes());
    }

    [Fact]
    public void What_the_original_refuses_is_refused_as_the_original_does()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("a.mid");
        File.WriteAllBytes(path, MidiWriter.ToBytes(Tune)[..^3]);

        Assert.Single(MelodyFiles.Read(path, MelodyEncoding.Default));
        Assert.Throws<MidiFormatException>(() => MelodyFiles.Read(path, MelodyEncoding.Default, asOriginal: true));
    }

    [Theory]
    [InlineData("tune.mid")]
    [InlineData("TUNE.MIDI")]
    [InlineData("tune.jsonl")]
    public void Files_are_read_by_their_extension(string name)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo(name);
        if (name.EndsWith("jsonl", StringComparison.Ordinal))
        {
            MelodyJsonLines.Write(path, [Tune], MelodyEncoding.Default);
        }
        else
        {
            MidiWriter.Write(path, Tune);
        }

        Assert.Equal(Tune.Events, Assert.Single(MelodyFiles.Read(path, MelodyEncoding.Default)).Events);
    }

    [Fact]
    public void Pitches_outside_the_encoding_are_an_error_unless_the_caller_transposes()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("low.mid");
        MidiWriter.Write(path, new Melody([MelodyEvent.NoteOn(new Pitch(47))]));

        MelodyFormatException e = Assert.Throws<MelodyFormatException>(() => MelodyFiles.Read(path, MelodyEncoding.Default));
        Assert.Equal($"{path}: expected pitches C3 to B5, found B2 (transpose it first)", e.Message);
        Assert.Equal("B2", Assert.Single(MelodyFiles.ReadPrimer(path, MelodyEncoding.Default)).ToString());
    }

    [Fact]
    public void Files_that_hold_no_melody_say_so()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathTo("blank.jsonl"), "\n");
        MidiWriter.Write(folder.PathTo("empty.mid"), new Melody([]));
        File.WriteAllText(folder.PathTo("junk.mid"), "junk");

        Assert.Contains("expected a melody, found none", Refused("blank.jsonl"), StringComparison.Ordinal);
        Assert.Contains("expected a melody, found none", Refused("empty.mid"), StringComparison.Ordinal);
        Assert.Contains("found '.wav'", Refused("tune.wav"), StringComparison.Ordinal);
        Assert.Throws<MidiFormatException>(() => MelodyFiles.Read(folder.PathTo("junk.mid"), MelodyEncoding.Default));
        FileNotFoundException e = Assert.Throws<FileNotFoundException>(
            () => MelodyFiles.Read(folder.PathTo("missing.mid"), MelodyEncoding.Default));
        Assert.Contains("missing.mid: expected a file, found none", e.Message, StringComparison.Ordinal);

        string Refused(string name) =>
            Assert.Throws<MelodyFormatException>(() => MelodyFiles.Read(folder.PathTo(name), MelodyEncoding.Default)).Message;
    }

    [Fact]
    public void A_change_of_tempo_is_reported_once_with_the_file()
    {
        string path = MidiSample.Load("music21-test10").Path;
        MelodyFormatException e = Assert.Throws<MelodyFormatException>(() => MelodyFiles.Read(path, MelodyEncoding.Default));

        Assert.Equal($"{path}: expected one tempo, found a change from 120 to 110 at 2.00 seconds (split it there)", e.Message);
        Assert.IsType<TempoChangeException>(e.InnerException);
    }

    [Fact]
    public void The_primer_of_the_original_is_the_melody_the_original_primes_with()
    {
        MidiSample sample = MidiSample.Load("magenta-primer");
        JsonArray expected = sample.Expected["primer_min_bars0_min_unique1"]!["melodies"]![0]!["classes38"]!.AsArray();

        Melody primer = Assert.Single(MelodyFiles.Read(sample.Path, MelodyEncoding.Default));
        Assert.Equal(expected.Select(entry => (int)entry!), primer.ToClasses(MelodyEncoding.Default));
    }
}
