using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

/// <summary>Files we write, read by a program that shares nothing with ours (mftext of the package abcmidi).</summary>
public sealed partial class MftextTests
{
    [Fact]
    public void Mftext_hears_the_notes_meant()
    {
        using TemporaryFolder folder = new();
        for (ulong seed = 0; seed < 20; seed++)
        {
            RandomSource random = new(seed, "mftext");
            Melody melody = RandomMelody.Any(random);
            MidiWriterOptions options = MidiWriterTests.RandomOptions(random) with { Name = "Tune" };
            string path = folder.PathTo("melody.mid");
            MidiWriter.Write(path, melody, options);
            string text = OutsideProgram.Run("mftext", "abcmidi", path);

            Assert.Contains("Header format=1 ntrks=2 division=480", text, StringComparison.Ordinal);
            Assert.Contains($"Time signature={options.TimeSignature} ", text, StringComparison.Ordinal);
            Assert.Contains($"Program, chan=1 program={options.Program}\n", text, StringComparison.Ordinal);
            Assert.Equal(melody.Notes(), NotesIn(text, options.Velocity));
        }
    }

    private static List<MelodyNote> NotesIn(string text, int velocity)
    {
        List<MelodyNote> notes = [];
        (long Time, int Pitch)? open = null;
        foreach (Match match in NoteLine().Matches(text))
        {
            long time = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            int pitch = int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture);
            if (match.Groups[2].Value == "on")
            {
                Assert.Null(open);
                Assert.Equal(velocity, int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture));
                open = (time, pitch);
            }
            else
            {
                Assert.Equal(open?.Pitch, pitch);
                notes.Add(new MelodyNote(new Pitch(pitch), (int)(open!.Value.Time / 120), (int)((time - open.Value.Time) / 120)));
                open = null;
            }
        }

        Assert.Null(open);
        return notes;
    }

    [GeneratedRegex(@"Time=(\d+)\s+Note (on|off), chan=1 pitch=(\d+) vol=(\d+)")]
    private static partial Regex NoteLine();
}
