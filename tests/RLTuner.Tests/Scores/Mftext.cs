using System.Globalization;
using System.Text.RegularExpressions;
using RLTuner.Music;

namespace RLTuner.Tests.Scores;

/// <summary>mftext of the package abcmidi: a reader of MIDI files that shares nothing with ours.</summary>
internal static partial class Mftext
{
    /// <summary>What it says of a file; skips the running test where it is absent.</summary>
    public static string Read(string path) => OutsideProgram.Run("mftext", "abcmidi", path);

    /// <summary>The notes of a melody of ours that the text tells, all struck as hard as meant.</summary>
    public static List<MelodyNote> NotesIn(string text, int velocity)
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
