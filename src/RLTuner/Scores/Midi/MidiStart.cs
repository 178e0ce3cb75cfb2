using System.Buffers.Binary;
using RLTuner.Files;

namespace RLTuner.Scores.Midi;

/// <summary>
/// Where a MIDI file proper starts: at its first byte, within an RMID file (RIFF), behind what mail programs and old systems put before it.
/// </summary>
internal static class MidiStart
{
    private const int HeaderBytes = 14;

    /// <summary>Goes behind the header's name; where there is no header, to the first track, and says so by false.</summary>
    /// <exception cref="MidiFormatException">There is neither.</exception>
    public static bool Find(ref MidiCursor cursor, MidiFaults faults)
    {
        ReadOnlySpan<byte> file = cursor.Rest;
        int start = faults.IsStrict ? (file.StartsWith("MThd"u8) ? 0 : -1) : file.IndexOf("MThd"u8);
        if (start < 0)
        {
            int track = faults.IsStrict ? -1 : file.IndexOf("MTrk"u8);
            return track >= 0 ? FindLost(ref cursor, track, faults) : throw cursor.Error(
                $"expected a MIDI file, which starts with 'MThd', found {ForeignContent.Describe(file) ?? "something else (choose a .mid file)"}");
        }

        bool isRmid = file.StartsWith("RIFF"u8) && file[8..].StartsWith("RMID"u8);
        if (start > 0 && !isRmid)
        {
            faults.Report(0, "a file that starts with 'MThd'", file, "what stands before 'MThd' is passed over");
        }

        cursor.Position = start + 4;
        return true;
    }

    /// <summary>With a damaged name the header may still be whole; its length says so.</summary>
    private static bool FindLost(ref MidiCursor cursor, int track, MidiFaults faults)
    {
        int start = track - HeaderBytes;
        bool isWhole = start >= 0 && BinaryPrimitives.ReadUInt32BigEndian(cursor.Rest[(start + 4)..]) == MidiHeader.UsualLength;
        faults.Report(
            0, "a file that starts with 'MThd'", cursor.Rest,
            isWhole ? "the header before the first track is taken" : $"the file is taken to have {MidiHeader.UsualDivision} ticks a quarter");
        cursor.Position = isWhole ? start + 4 : track;
        return isWhole;
    }
}
