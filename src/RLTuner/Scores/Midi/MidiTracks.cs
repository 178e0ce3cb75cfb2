using System.Buffers.Binary;

namespace RLTuner.Scores.Midi;

/// <summary>
/// The tracks of a file whose chunks' lengths and number may be wrong: a length is believed where a chunk or the end of the file follows
/// it; otherwise a track reaches to the next one's name.
/// </summary>
internal static class MidiTracks
{
    /// <summary>As many as a header can name.</summary>
    private const int MaxTracks = 65535;

    private const int ChunkHeader = 8;

    /// <summary>Reads every track from a place on.</summary>
    /// <param name="cursor">The place behind the header.</param>
    /// <param name="said">How many tracks the header names.</param>
    /// <param name="score">Takes what is read.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Read(MidiCursor cursor, int said, MidiScoreBuilder score, MidiFaults faults)
    {
        int start = cursor.Position;
        int tracks = 0;
        while (cursor.Remaining >= ChunkHeader && tracks < MaxTracks)
        {
            ReadOnlySpan<byte> name = cursor.Rest[..4];
            uint length = BinaryPrimitives.ReadUInt32BigEndian(cursor.Rest[4..]);
            if (IsTrack(name))
            {
                cursor.Position += ChunkHeader;
                ReadTrack(ref cursor, length, score, tracks++, faults);
            }
            else if (IsName(name) && length <= cursor.Remaining - ChunkHeader)
            {
                cursor.Position += ChunkHeader + (int)length;
            }
            else
            {
                int next = cursor.Rest.IndexOf("MTrk"u8);
                if (next < 0)
                {
                    break;
                }

                faults.Report(cursor.Position, "a track", cursor.Rest, "what stands between tracks is passed over");
                cursor.Position += next;
            }
        }

        if (tracks != said)
        {
            faults.Report(start, $"{said} tracks, as the header says", tracks, "all that are there are read");
        }
    }

    /// <summary>Reads as many tracks as the header names, each as long as it says.</summary>
    public static void ReadStrictly(MidiCursor cursor, int said, MidiScoreBuilder score, MidiFaults faults)
    {
        int tracks = 0;
        while (tracks < said)
        {
            if (cursor.Remaining < ChunkHeader)
            {
                throw cursor.Error($"expected {said} tracks, found {tracks} (is the file cut short?)");
            }

            bool isTrack = cursor.Bytes(4, "a chunk's name").SequenceEqual("MTrk"u8);
            uint length = cursor.UInt32("a chunk's length");
            if (length > cursor.Remaining)
            {
                throw cursor.Error($"expected a chunk of {length} bytes, found {cursor.Remaining} (is the file cut short?)");
            }

            MidiCursor chunk = cursor.Slice((int)length, "a chunk");
            if (isTrack)
            {
                new MidiTrackReader(chunk, score, faults, saidEnd: -1).Read(tracks++);
            }
        }
    }

    private static void ReadTrack(ref MidiCursor cursor, uint length, MidiScoreBuilder score, int number, MidiFaults faults)
    {
        int start = cursor.Position;
        ReadOnlySpan<byte> rest = cursor.Rest;
        int said = length <= rest.Length ? (int)length : -1;
        bool isBelieved = said >= 0 && (said == rest.Length || IsChunk(rest[said..]));
        int next = isBelieved ? said : rest.IndexOf("MTrk"u8);
        int end = next < 0 ? rest.Length : next;
        int stopped = new MidiTrackReader(cursor.Slice(end, "a track"), score, faults, isBelieved || said < 0 ? -1 : start + said).Read(number) - start;

        bool holdsNext = rest[stopped..].StartsWith("MTrk"u8);
        if (said < 0 || (!isBelieved && stopped > said) || (holdsNext && stopped < said))
        {
            faults.Report(start - 4, "a track's length", length, "lengths of tracks that are wrong are passed over");
        }

        cursor.Position = start + (isBelieved && !holdsNext ? end : stopped);
    }

    private static bool IsChunk(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= ChunkHeader && IsName(bytes[..4])
        && (IsTrack(bytes[..4]) || BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) <= bytes.Length - ChunkHeader);

    /// <summary>One letter may be damaged, and all be small.</summary>
    private static bool IsTrack(ReadOnlySpan<byte> name) =>
        ((name[0] | 0x20) == 'm' ? 1 : 0) + ((name[1] | 0x20) == 't' ? 1 : 0) + ((name[2] | 0x20) == 'r' ? 1 : 0) + ((name[3] | 0x20) == 'k' ? 1 : 0) >= 3;

    private static bool IsName(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
