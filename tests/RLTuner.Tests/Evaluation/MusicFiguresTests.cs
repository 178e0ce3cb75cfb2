using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Tests.Rules;

namespace RLTuner.Tests.Evaluation;

/// <summary>Figures of music: by hand, and by another program.</summary>
public sealed partial class MusicFiguresTests
{
    [Fact]
    public void A_small_melody_by_hand()
    {
        Melody melody = new([.. MelodyText.Read("C4*4 D4*4 E4*5 F4 . - D4*4 E4*4 F4*8")]);
        Dictionary<string, double> found = Figures([melody]);
        Assert.Equal(6 / 7.0, found["on_eighth_grid"], 1e-12);
        Assert.Equal(6 / 7.0, found["on_beat"], 1e-12);
        Assert.Equal((4 + 4 + 5 + 1 + 4 + 4 + 8) / 7.0, found["note_length"], 1e-12);
        Assert.Equal(-(4 / 6.0 * Math.Log2(4 / 6.0)) - (2 / 6.0 * Math.Log2(1 / 6.0)), found["length_entropy"], 1e-12);
        Assert.Equal(1, found["motif_returns"]);
        Assert.Equal(0, found["bar_copies"]);
        Assert.Equal(1, found["rhythm_returns"]);
        Assert.Equal(0, found["half_bar_three_times"]);
    }

    [Fact]
    public void Distances_are_shares_that_would_have_to_change()
    {
        CorpusHistograms one = CorpusHistograms.Of([new Melody([.. MelodyText.Read("C4*4 D4*4 E4*8")])], Key.CMajor, TimeSignature.CommonTime);
        CorpusHistograms moved = CorpusHistograms.Of([new Melody([.. MelodyText.Read("D4*4 E4*4 F#4*8")])], Key.Parse("D major"), TimeSignature.CommonTime);
        CorpusHistograms other = CorpusHistograms.Of([new Melody([.. MelodyText.Read("C4*4 D4*8 E4*4")])], Key.CMajor, TimeSignature.CommonTime);
        Assert.Equal(new HistogramDistances(0, 0, 0, 0, 0), HistogramDistances.Between(one, moved));
        Assert.Equal(new HistogramDistances(0, 0, .5, 1 / 3.0, .5), HistogramDistances.Between(one, other) with { Position = 1 / 3.0 });
        Assert.Equal(1 / 3.0, HistogramDistances.Between(one, other).Position, 1e-12);
        Assert.Throws<ArgumentException>(() => HistogramDistances.Between(one, CorpusHistograms.Of([], Key.CMajor, new TimeSignature(3, 4))));
    }

    [Fact]
    public void Histograms_survive_their_json()
    {
        RandomSource random = new(4, "histograms");
        foreach (TimeSignature metre in RandomMelody.Metres)
        {
            CorpusHistograms histograms = CorpusHistograms.Of(
                Enumerable.Range(0, 50).Select(_ => new Melody([.. RandomMelody.Of(64, MelodyEncoding.Default, metre.StepsPerBar(), random)])), Key.CMajor, metre);
            string json = CorpusHistogramsJson.Write(histograms);
            Assert.Equal(json, CorpusHistogramsJson.Write(CorpusHistogramsJson.Parse(json)));
            Assert.Equal(new HistogramDistances(0, 0, 0, 0, 0), HistogramDistances.Between(histograms, CorpusHistogramsJson.Parse(json)));
            foreach (string bad in new[] { "", "[]", "{}", json[..(json.Length / 2)], json.Replace("[", "[-1,", StringComparison.Ordinal), json.Replace("\"half_bars\":{", "\"half_bars\":{\"x\":1,", StringComparison.Ordinal) })
            {
                Assert.Throws<FormatException>(() => CorpusHistogramsJson.Parse(bad));
            }
        }
    }

    [Fact]
    public void Figures_of_random_melodies_equal_those_of_another_program() => AssertAgrees(32, random =>
        [.. Enumerable.Range(0, 400).Select(_ => new Melody([.. RandomMelody.Of(32, MelodyEncoding.Default, 16, random)]))]);

    [Fact]
    public void Figures_of_real_tunes_equal_those_of_another_program() => AssertAgrees(128, _ =>
        [.. CorpusFile.Load(SharedFolder.PathTo("corpora", "derived", "cre.jsonl.gz")).Training
            .SelectMany(tune => BarWindows.Of(tune.Melody, 128, 16)).Take(500)]);

    [Theory]
    [InlineData(ShippedNoteRnn.Shipped)]
    [InlineData(ShippedNoteRnn.Plain)]
    public void A_shipped_net_learned_from_what_another_program_counted(string name)
    {
        CorpusHistograms reference = Reference(SharedFolder.PathTo("tools", "music-reference.json"));
        CorpusHistograms known = new ReferenceCorpus(ShippedNoteRnn.Load(name).LearnedFrom).In(TimeSignature.CommonTime)!;
        HistogramDistances distances = HistogramDistances.Between(known, reference);
        // The other program gives six digits a bin.
        Assert.All(distances.Figures, figure => Assert.InRange(figure.Value, 0, 5e-5));
        Assert.Equal(11_619 * 4, known.HalfBars.Values.Sum());
    }

    [Fact]
    public void A_corpus_is_counted_metre_by_metre_in_windows_of_two_bars()
    {
        Melody four = new([.. MelodyText.Read("C4*4 D4*4 E4*4 F4*8 G4*4 A4*8")]), three = new([.. Enumerable.Repeat(MelodyText.Read("C4*4 E4*4 G4*4 C5*6 C4*6"), 20).SelectMany(bars => bars)]);
        MelodyCorpus corpus = new()
        {
            Encoding = MelodyEncoding.Default,
            Training = [.. Enumerable.Range(0, 15).Select(i => new CorpusMelody($"{i}", four)), new CorpusMelody("waltz", three) { Metre = new TimeSignature(3, 4) }],
            Validation = [.. Enumerable.Range(0, 5).Select(i => new CorpusMelody($"held out {i}", four) { Metre = new TimeSignature(2, 2) }), new CorpusMelody("jig", four) { Metre = new TimeSignature(6, 8) }],
        };
        ImmutableArray<CorpusHistograms> found = CorpusHistograms.Of(corpus);
        Assert.Equal([TimeSignature.CommonTime, new TimeSignature(3, 4)], found.Select(histograms => histograms.Metre).OrderDescending(Comparer<TimeSignature>.Create((one, two) => one.StepsPerBar() - two.StepsPerBar())));
        ReferenceCorpus reference = new(found);
        Assert.Equal((20 * 6, 3.0), (reference.In(new TimeSignature(2, 2))!.PitchClasses.Sum(), reference.In(TimeSignature.CommonTime)!.NotesPerBar));
        Assert.Equal(2.5, reference.In(new TimeSignature(3, 4))!.NotesPerBar);
        Assert.Null(reference.In(new TimeSignature(6, 8)));
    }

    [Fact]
    public void Pitch_classes_are_counted_from_the_signature()
    {
        Melody melody = new([.. MelodyText.Read("C4*4 D4*4 E4*8")]);
        Assert.Equal(
            CorpusHistograms.Of([melody], Key.CMajor, TimeSignature.CommonTime).PitchClasses, CorpusHistograms.Of([melody], Key.Parse("A minor"), TimeSignature.CommonTime).PitchClasses);
    }

    private static void AssertAgrees(int length, Func<RandomSource, Melody[]> make)
    {
        string tools = Path.GetDirectoryName(SharedFolder.PathTo("tools", "music.py"))!;
        Melody[] melodies = make(new RandomSource(5, "music"));
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "melodies.jsonl");
        MelodyJsonLines.Write(file, melodies, MelodyEncoding.Default);
        Dictionary<string, double> found = Figures(melodies);
        HistogramDistances distances = HistogramDistances.Between(
            CorpusHistograms.Of(melodies, Key.CMajor, TimeSignature.CommonTime), Reference(Path.Combine(tools, "music-reference.json")));
        Dictionary<string, double> music = Numbers(Python(Path.Combine(tools, "music.py"), file));
        AssertClose(music["on the eighth grid"], found["on_eighth_grid"]);
        AssertClose(music["ioi entropy"], found["length_entropy"]);
        AssertClose(music["half bar three times"], found["half_bar_three_times"]);
        AssertClose(music["tv pc"], distances.PitchClass);
        AssertClose(music["tv interval"], distances.Interval);
        AssertClose(music["tv ioi"], distances.Length);
        AssertClose(music["tv position"], distances.Position);
        AssertClose(music["tv halfbar"], distances.HalfBar);
        Match motifs = Motifs().Match(Python(Path.Combine(tools, "motif.py"), $"{file}:{length}"));
        AssertClose(Number(motifs, 1), found["motif_returns"]);
        AssertClose(Number(motifs, 2), found["bar_copies"]);
        AssertClose(Number(motifs, 3), found["rhythm_returns"]);
    }

    /// <summary>The other program prints three decimals.</summary>
    private static void AssertClose(double expected, double found) => Assert.InRange(found, expected - .00051, expected + .00051);

    private static Dictionary<string, double> Figures(IEnumerable<Melody> melodies) =>
        MusicFigures.Of(melodies, Key.CMajor, TimeSignature.CommonTime).ToDictionary(figure => figure.Name, figure => figure.Value);

    /// <summary>Shares of six decimals, as counts in a million.</summary>
    private static CorpusHistograms Reference(string path)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
        long[] List(string name, int length) => [.. Enumerable.Range(0, length).Select(i => Count(name, i.ToString(CultureInfo.InvariantCulture)))];
        long Count(string name, string key) => json.RootElement.GetProperty(name).TryGetProperty(key, out System.Text.Json.JsonElement share) ? (long)Math.Round(1e6 * share.GetDouble()) : 0;
        return new CorpusHistograms(
            TimeSignature.CommonTime, [.. List("pc", 12)], [.. List("interval", 14)], [.. List("ioi", 17)], [.. List("position", 16)],
            System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                json.RootElement.GetProperty("halfbar").EnumerateObject()
                    .Select(half => KeyValuePair.Create(ulong.Parse(half.Name, CultureInfo.InvariantCulture), Count("halfbar", half.Name)))));
    }

    private static string Python(string script, string argument)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", [script, argument]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs python3");
            throw;
        }
    }

    private static Dictionary<string, double> Numbers(string output) =>
        Entry().Matches(output).ToDictionary(match => match.Groups[1].Value, match => Number(match, 2));

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"'([^']+)': ([-.\de]+)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"returns ([.\d]+) literal copy ([.\d]+) half-bar rhythm returns ([.\d]+)")]
    private static partial Regex Motifs();
}
