using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

/// <summary>Files we write, sounded by a synthesiser: the pitches heard are those meant (the original's sound a whole tone high).</summary>
public sealed class FluidsynthTests
{
    private const string SoundFont = "/usr/share/sounds/sf2/TimGM6mb.sf2";

    [Fact]
    public void Fluidsynth_sounds_the_pitches_meant()
    {
        Assert.SkipUnless(File.Exists(SoundFont), $"needs {SoundFont} (Debian package timgm6mb-soundfont)");
        int[] pitches = [60, 69, 57, 72, 83, 55];
        using TemporaryFolder folder = new();
        string midi = folder.PathTo("melody.mid");
        string wave = folder.PathTo("melody.wav");
        Melody melody = new([.. pitches.SelectMany(pitch =>
            new[] { MelodyEvent.NoteOn(new Pitch(pitch)), MelodyEvent.Hold, MelodyEvent.Hold, MelodyEvent.NoteOff })]);
        MidiWriter.Write(midi, melody, new MelodyWriterOptions { Tempo = Sound.SlowTempo, Program = 79 });
        OutsideProgram.Run("fluidsynth", "fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-r", "22050", "-T", "wav", "-F", wave, SoundFont, midi);
        Sound.Read(wave).AssertHeard(melody, "melody");
    }
}
