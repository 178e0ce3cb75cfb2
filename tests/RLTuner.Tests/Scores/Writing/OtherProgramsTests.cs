using System.Globalization;
using System.Text.Json;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Scores.Wave;
using RLTuner.Scores.Writing;

namespace RLTuner.Tests.Scores.Writing;

/// <summary>200 melodies over all keys, in several metres, with ties, rests and accidentals, as other programs read them.</summary>
[Trait("Category", "Long")]
public sealed class OtherProgramsTests(ITestOutputHelper output) : IDisposable
{
    private const int Melodies = 200;

    private readonly TemporaryFolder _folder = new();

    private static IEnumerable<(string Name, Melody Melody, MelodyWriterOptions Options)> All()
    {
        RandomSource random = new(3, "melodies");
        TimeSignature[] common = [new(4, 4), new(3, 4), new(6, 8), new(4, 4), new(3, 4), new(6, 8), new(2, 4), new(9, 8), new(12, 8), new(5, 4)];
        for (int i = 0; i < Melodies; i++)
        {
            TimeSignature metre = common[i % common.Length];
            Key key = WrittenMelodies.Keys[i % WrittenMelodies.Keys.Length];
            string name = string.Create(CultureInfo.InvariantCulture, $"melody-{i:000}");
            yield return (name, WrittenMelodies.Of(random, key, metre, bars: 8), new MelodyWriterOptions { Key = key, TimeSignature = metre, Name = $"{i} in {key}", Program = i % 128 });
        }
    }

    [Fact]
    public void MuseScore_gives_back_the_same_notes_from_MusicXML()
    {
        var melodies = All().ToList();
        foreach (var (name, melody, options) in melodies)
        {
            MelodyFormat.Of(".musicxml")!.Write(_folder.PathTo(name + ".musicxml"), melody, options);
        }

        string jobs = _folder.PathTo("jobs.json");
        File.WriteAllText(jobs, JsonSerializer.Serialize(melodies.Select(each => new Dictionary<string, string>
        {
            ["in"] = _folder.PathTo(each.Name + ".musicxml"),
            ["out"] = _folder.PathTo(each.Name + ".mid"),
        })));
        string said = OutsideProgram.Run("musescore3", "musescore3", "-platform", "offscreen", "-j", jobs);
        output.WriteLine(said);
        foreach (var (name, melody, options) in melodies)
        {
            Score read = MidiReader.Read(_folder.PathTo(name + ".mid"));
            AssertSame(melody, read, name);
            Assert.Equal(options.TimeSignature, read.TimeSignatures[0].TimeSignature);
            Assert.Equal(KeySignature.Nearest(options.Key).Sharps, read.KeySignatures[0].KeySignature.Sharps);
        }
    }

    [Fact]
    public void Abc2midi_gives_back_the_same_notes_from_ABC()
    {
        foreach (var (name, melody, options) in All())
        {
            string abc = _folder.PathTo(name + ".abc"), midi = _folder.PathTo(name + ".mid");
            MelodyFormat.Of(abc)!.Write(abc, melody, options);
            string said = OutsideProgram.Run("abc2midi", "abcmidi", abc, "-o", midi);
            Assert.DoesNotContain("rror", said, StringComparison.Ordinal);
            Assert.DoesNotContain("arning", said, StringComparison.Ordinal);
            AssertSame(melody, MidiReader.Read(midi), name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fluidsynth_hears_both_formats_of_MIDI(bool oneTrack)
    {
        const string SoundFont = "/usr/share/sounds/sf2/TimGM6mb.sf2";
        Assert.SkipUnless(File.Exists(SoundFont), $"needs {SoundFont} (Debian package timgm6mb-soundfont)");
        foreach (var (name, melody, options) in All().Where((_, i) => i % 10 == 0))
        {
            string midi = _folder.PathTo("melody.mid"), wave = _folder.PathTo("melody.wav");
            File.WriteAllBytes(midi, MidiWriter.ToBytes(melody, options with { Program = 79, Tempo = Sound.SlowTempo }, oneTrack));
            OutsideProgram.Run("fluidsynth", "fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-r", "22050", "-T", "wav", "-F", wave, SoundFont, midi);
            Sound.Read(wave).AssertHeard(melody, name);
        }
    }

    [Fact]
    public void Fluidsynth_plays_with_a_SoundFont_what_was_composed()
    {
        const string SoundFont = "/usr/share/sounds/sf2/TimGM6mb.sf2";
        Assert.SkipUnless(File.Exists(SoundFont), $"needs {SoundFont} (Debian package timgm6mb-soundfont)");
        OutsideProgram.Run("fluidsynth", "fluidsynth", "--version");
        var (name, melody, options) = All().First();
        using MemoryStream sound = new();
        Fluidsynth.Write(sound, melody, options with { Program = 79, Tempo = Sound.SlowTempo }, SoundFont);
        File.WriteAllBytes(_folder.PathTo("melody.wav"), sound.ToArray());
        Sound.Read(_folder.PathTo("melody.wav")).AssertHeard(melody, name);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertSame(Melody melody, Score read, string name)
    {
        // MuseScore and abc2midi end notes a little early; that they begin where they should, and which they are, is what is written.
        IEnumerable<(Pitch, int)> Attacks(IEnumerable<MelodyNote> notes) => notes.Select(note => (note.Pitch, note.Start));
        MelodyNote[] found = WrittenMelodies.NotesOf(read);
        Assert.True(
            Attacks(melody.Notes()).SequenceEqual(Attacks(found)),
            $"{name}: expected\n{string.Join(' ', melody.Notes())}\nfound\n{string.Join(' ', found)}");
    }
}
