using System.Buffers.Binary;
using RLTuner.Music;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

/// <summary>Files we write, sounded by a synthesiser: the pitches heard are those meant (the original's sound a whole tone high).</summary>
public sealed class FluidsynthTests
{
    private const int Rate = 22050;
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
        MidiWriter.Write(midi, melody, new MidiWriterOptions { Tempo = 60, Program = 79 });
        OutsideProgram.Run(
            "fluidsynth", "fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-r", $"{Rate}", "-T", "wav", "-F", wave, SoundFont, midi);
        float[] sound = LeftChannel(File.ReadAllBytes(wave));

        for (int i = 0; i < pitches.Length; i++)
        {
            // At this tempo a step lasts a quarter of a second; listen within the second step of each note.
            ReadOnlySpan<float> heard = sound.AsSpan((int)((i + 0.25) * Rate), Rate / 4);
            Assert.Equal(pitches[i], LoudestSemitone(heard));
        }
    }

    private static float[] LeftChannel(byte[] wave)
    {
        const int Header = 44;
        float[] samples = new float[(wave.Length - Header) / 4];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wave.AsSpan(Header + (i * 4)));
        }

        return samples;
    }

    /// <summary>The MIDI number whose frequency is loudest, A4 being 440 Hz.</summary>
    private static int LoudestSemitone(ReadOnlySpan<float> samples)
    {
        int best = 0;
        double loudest = 0;
        for (int midi = 40; midi < 100; midi++)
        {
            double angle = 2 * Math.PI * 440 * Math.Pow(2, (midi - 69) / 12.0) / Rate;
            double real = 0;
            double imaginary = 0;
            for (int t = 0; t < samples.Length; t++)
            {
                double window = 1 - Math.Cos(2 * Math.PI * t / samples.Length);
                real += window * samples[t] * Math.Cos(angle * t);
                imaginary += window * samples[t] * Math.Sin(angle * t);
            }

            double power = (real * real) + (imaginary * imaginary);
            (best, loudest) = power > loudest ? (midi, power) : (best, loudest);
        }

        return best;
    }
}
