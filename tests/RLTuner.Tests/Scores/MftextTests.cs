using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

/// <summary>Files we write, read by a program that shares nothing with ours (mftext of the package abcmidi).</summary>
public sealed class MftextTests
{
    [Fact]
    public void Mftext_hears_the_notes_meant()
    {
        using TemporaryFolder folder = new();
        for (ulong seed = 0; seed < 20; seed++)
        {
            RandomSource random = new(seed, "mftext");
            Melody melody = RandomMelody.Any(random);
            MelodyWriterOptions options = MidiWriterTests.RandomOptions(random) with { Name = "Tune" };
            string path = folder.PathTo("melody.mid");
            MidiWriter.Write(path, melody, options);
            string text = Mftext.Read(path);

            Assert.Contains("Header format=1 ntrks=2 division=480", text, StringComparison.Ordinal);
            Assert.Contains($"Time signature={options.TimeSignature} ", text, StringComparison.Ordinal);
            Assert.Contains($"Program, chan=1 program={options.Program}\n", text, StringComparison.Ordinal);
            Assert.Equal(melody.Notes(), Mftext.NotesIn(text, options.Velocity));
        }
    }
}
