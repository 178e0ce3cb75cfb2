using System.Buffers.Binary;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Tests.Scores;

/// <summary>WAV files as an ear hears them.</summary>
internal sealed record Sound(int Rate, float[] Samples)
{
    /// <summary>A tempo at which a step lasts a quarter of a second, long enough to tell semitones apart.</summary>
    public const double SlowTempo = 60;

    private const int HeaderLength = 44;

    /// <summary>Reads the first channel of 16 bits.</summary>
    public static Sound Read(string path)
    {
        byte[] wave = File.ReadAllBytes(path);
        int channels = BinaryPrimitives.ReadInt16LittleEndian(wave.AsSpan(22)), rate = BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(24));
        float[] samples = new float[(wave.Length - HeaderLength) / (2 * channels)];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wave.AsSpan(HeaderLength + (i * 2 * channels)));
        }

        return new(rate, samples);
    }

    /// <summary>Whether each note of two steps or more sounds at its pitch in its second step, at <see cref="SlowTempo"/>.</summary>
    public void AssertHeard(Melody melody, string name)
    {
        MelodyNote[] notes = [.. melody.Notes().Where(note => note.Length >= 2)];
        Assert.NotEmpty(notes);
        foreach (MelodyNote note in notes)
        {
            int heard = LoudestSemitone(0.25 * (note.Start + 1), 0.25);
            Assert.True(heard == note.Pitch.MidiNumber, $"{name}: expected {note}, heard {new Pitch(heard)}");
        }
    }

    /// <summary>The MIDI number whose frequency is loudest, A4 being 440 Hz.</summary>
    public int LoudestSemitone(double from, double seconds)
    {
        ReadOnlySpan<float> samples = Samples.AsSpan((int)(from * Rate), (int)(seconds * Rate));
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
