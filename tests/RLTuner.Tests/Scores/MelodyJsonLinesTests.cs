using System.IO.Compression;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;

namespace RLTuner.Tests.Scores;

public sealed class MelodyJsonLinesTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("melodies.jsonl");
        for (ulong seed = 0; seed < 50; seed++)
        {
            RandomSource random = new(seed, "jsonl");
            MelodyEncoding encoding = new(new Pitch(random.Next(60)), 3 + random.Next(60));
            (int lowest, int highest) = (encoding.Lowest.MidiNumber, encoding.Highest.MidiNumber);
            Melody[] melodies = [.. Enumerable.Range(0, random.Next(20)).Select(_ => RandomMelody.Any(random, lowest, highest))];
            MelodyJsonLines.Write(path, melodies, encoding);
            Melody[] read = [.. MelodyJsonLines.Read(path, encoding)];

            Assert.Equal(melodies.Select(melody => melody.Events), read.Select(melody => melody.Events));
            Assert.Equal(melodies.Select(melody => melody.PlannedLength), read.Select(melody => melody.PlannedLength));
        }
    }

    [Fact]
    public void Lines_look_as_the_contract_says()
    {
        using StringWriter text = new();
        Melody melody = Melody.FromClasses([14, 0, 0, 1], MelodyEncoding.Default, 32);
        MelodyJsonLines.Write(text, [melody, new Melody([])], MelodyEncoding.Default);

        Assert.Equal("{\"events\":[14,0,0,1],\"length\":32}\n{\"events\":[],\"length\":0}\n", text.ToString());
    }

    [Fact]
    public void Blank_lines_line_ends_and_other_properties_do_not_matter()
    {
        Melody[] melodies = [.. Read("\r\n  \n{\"source\":{\"a\":[1]},\"events\": [ 2, 37 ]}\r\n\n{\"length\":7,\"events\":[]}")];

        Assert.Equal(["C3 B5", ""], melodies.Select(melody => melody.ToString()));
        Assert.Equal([2, 7], melodies.Select(melody => melody.PlannedLength));
    }

    [Theory]
    [InlineData("{\"events\":[1,40]}", "expected event 2 to be a class from 0 to 37, found 40 (the encoding has 38 classes, C3 to B5)")]
    [InlineData("{\"events\":[-1]}", "found -1")]
    [InlineData("{\"events\":[1.5]}", "found 1.5")]
    [InlineData("{\"events\":[\"1\"]}", "found 1")]
    [InlineData("{\"events\":[99999999999]}", "found 99999999999")]
    [InlineData("{\"events\":14}", "expected \"events\" to be a list of class numbers, found 14")]
    [InlineData("{\"length\":3}", "expected a property \"events\", found none")]
    [InlineData("{\"events\":[],\"length\":-1}", "expected \"length\" to be a number of steps up to 65536, found -1")]
    [InlineData("{\"events\":[],\"length\":null}", "expected \"length\" to be a number of steps up to 65536, found null")]
    [InlineData("{\"events\":[],\"events\":[]}", "expected one \"events\", found two")]
    [InlineData("{\"events\":[]} {}", "expected a JSON object such as")]
    [InlineData("{\"events\":[", "expected a JSON object such as")]
    [InlineData("14,0,0", "expected a JSON object, found 14")]
    [InlineData("melody", "expected a JSON object such as")]
    [InlineData("[]", "expected a JSON object, found [")]
    [InlineData("{\"\\ud800\":1}", "expected")]
    public void Errors_name_file_line_expected_and_found(string line, string problem)
    {
        MelodyFormatException e = Assert.Throws<MelodyFormatException>(() => Read($"{{\"events\":[]}}\n\n{line}\n").Count());

        Assert.Equal(("tunes.jsonl", 3), (e.FileName, e.LineNumber));
        Assert.StartsWith("tunes.jsonl, line 3: expected", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_lines_give_a_melody_or_the_named_error()
    {
        const string Line = "{\"source\":\"a\\u00e9\",\"events\":[14,0,0,1],\"length\":32}";
        RandomSource random = new(1, "damaged lines");
        for (int i = 0; i < 5_000; i++)
        {
            char[] line = Line.ToCharArray();
            for (int change = random.Next(4); change >= 0; change--)
            {
                line[random.Next(line.Length)] = random.Next(3) == 0 ? (char)random.Next(0x10000) : Line[random.Next(Line.Length)];
            }

            try
            {
                Assert.All(Read(new string(line)), melody => Assert.True(melody.Events.All(MelodyEncoding.Default.Contains)));
            }
            catch (MelodyFormatException e)
            {
                Assert.Contains("expected", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_line_without_end_is_refused_without_being_stored()
    {
        using StringReader text = new("\n" + new string(' ', MelodyJsonLines.MaxLineLength + 1));
        IEnumerable<Melody> melodies = MelodyJsonLines.Read(text, "long", MelodyEncoding.Default);
        MelodyFormatException e = Assert.Throws<MelodyFormatException>(() => melodies.Count());

        Assert.Equal(2, e.LineNumber);
    }

    [Fact]
    public void Pitches_outside_the_encoding_are_not_written_and_the_old_file_stays()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("melodies.jsonl");
        File.WriteAllText(path, "older");
        Melody tooHigh = new([MelodyEvent.NoteOn(new Pitch(84))]);

        ArgumentException e = Assert.Throws<ArgumentException>(() => MelodyJsonLines.Write(path, [tooHigh], MelodyEncoding.Default));
        Assert.Contains("expected pitches C3 to B5, found C6", e.Message, StringComparison.Ordinal);
        Assert.Equal("older", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("cre", 1121, 427_220)]
    [InlineData("openscore-lieder", 1725, 344_172)]
    [InlineData("openhymnal", 266, 71_382)]
    public void Derived_corpora_have_the_melodies_their_source_list_counts(string corpus, int melodies, int events)
    {
        using FileStream file = File.OpenRead(SharedFolder.PathTo("corpora", "derived", $"{corpus}.jsonl.gz"));
        using StreamReader text = new(new GZipStream(file, CompressionMode.Decompress));
        Melody[] read = [.. MelodyJsonLines.Read(text, corpus, MelodyEncoding.Default)];

        Assert.Equal((melodies, events), (read.Length, read.Sum(melody => melody.Events.Length)));
    }

    private static IEnumerable<Melody> Read(string text) =>
        MelodyJsonLines.Read(new StringReader(text), "tunes.jsonl", MelodyEncoding.Default);
}
