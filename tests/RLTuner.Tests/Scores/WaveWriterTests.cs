using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Wave;
using RLTuner.Scores.Writing;

namespace RLTuner.Tests.Scores;

public sealed class WaveWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Each_note_sounds_at_its_pitch_and_rests_are_silent()
    {
        Melody melody = Of(60, 76, 48, null, 83, 61);
        MelodyFormat.Of("melody.wav")!.Write(_folder.PathTo("melody.wav"), melody, new MelodyWriterOptions { Tempo = Sound.SlowTempo });
        Sound sound = Sound.Read(_folder.PathTo("melody.wav"));
        sound.AssertHeard(melody, "melody");
        Assert.Equal(WaveWriter.SampleRate, sound.Rate);
        Assert.InRange(sound.Samples.Max(), 5_000, 32_000);
        Assert.All(sound.Samples[(int)(1.6 * sound.Rate)..(int)(1.95 * sound.Rate)], sample => Assert.Equal(0, sample));
        Assert.Equal(3.06, sound.Samples.Length / (double)sound.Rate, 0.001);
    }

    [Fact]
    public void The_sound_is_whole_where_blocks_meet_and_the_same_each_time()
    {
        byte[] Bytes(int velocity)
        {
            using MemoryStream stream = new();
            WaveWriter.Write(stream, Of(60, 64, 67, 72), new MelodyWriterOptions { Velocity = velocity });
            return stream.ToArray();
        }

        Assert.Equal(Bytes(100), Bytes(100));
        File.WriteAllBytes(_folder.PathTo("loud.wav"), Bytes(127));
        File.WriteAllBytes(_folder.PathTo("soft.wav"), Bytes(30));
        float[] loud = Sound.Read(_folder.PathTo("loud.wav")).Samples, soft = Sound.Read(_folder.PathTo("soft.wav")).Samples;
        Assert.Equal(127 / 30.0, loud.Max() / soft.Max(), 0.02);

        // At 523 Hz a sample moves by a thirteenth of the height at most; a block that did not go on would jump.
        Assert.True(loud.Zip(loud.Skip(1)).Max(pair => Math.Abs(pair.Second - pair.First)) < loud.Max() / 6);
    }

    [Fact]
    public void More_than_an_hour_is_refused_before_anything_is_written()
    {
        Melody melody = new([.. Enumerable.Repeat(MelodyEvent.Hold, 65536)]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => MelodyFormat.Of("long.wav")!.Write(_folder.PathTo("long.wav"), melody, new MelodyWriterOptions { Tempo = 60 }));
        Assert.Contains("expected a melody of at most 3600 seconds, found 16384", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_is_no_SoundFont_is_refused()
    {
        File.WriteAllText(_folder.PathTo("words.sf2"), "these are words");
        foreach (string path in new[] { _folder.PathTo("words.sf2"), _folder.PathTo("none.sf2") })
        {
            using MemoryStream stream = new();
            IOException error = Assert.ThrowsAny<IOException>(() => Fluidsynth.Write(stream, Of(60), null, path));
            Assert.StartsWith($"{path}: expected a SoundFont", error.Message, StringComparison.Ordinal);
            Assert.Equal(0, stream.Length);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Half a second a pitch, at the slow tempo.</summary>
    private static Melody Of(params int?[] pitches) =>
        new([.. pitches.SelectMany(pitch => new[] { pitch is { } number ? MelodyEvent.NoteOn(new Pitch(number)) : MelodyEvent.NoteOff, MelodyEvent.Hold })]);
}
