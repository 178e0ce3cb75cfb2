namespace RLTuner.Scores.Midi;

/// <summary>
/// Looks ahead whether bytes read as events. After damage, of two readings the one is taken under which what follows makes sense.
/// </summary>
internal static class MidiSense
{
    /// <summary>Chance makes one event of any bytes, hardly this many in a row.</summary>
    private const int Enough = 12;

    /// <summary>Whether whole events follow, some in a row or all there are.</summary>
    /// <param name="bytes">What follows, to the track's end.</param>
    /// <param name="running">The status that goes on, 0 for none.</param>
    /// <param name="atStatus">Whether it starts with an event's status instead of a time.</param>
    /// <param name="anyData">Whether data bytes out of range make sense: programs that write one write more.</param>
    public static bool Makes(ReadOnlySpan<byte> bytes, int running, bool atStatus = false, bool anyData = false) =>
        Read(bytes, running, atStatus, anyData, Enough, mustEnd: false);

    /// <summary>Whether whole events follow up to an end of track.</summary>
    public static bool Ends(ReadOnlySpan<byte> bytes, int running) => Read(bytes, running, atStatus: false, anyData: false, int.MaxValue, mustEnd: true);

    private static bool Read(ReadOnlySpan<byte> bytes, int running, bool atStatus, bool anyData, int events, bool mustEnd)
    {
        int at = 0;
        for (int i = 0; i < events && at < bytes.Length; i++)
        {
            bool hasTime = (i == 0 && atStatus) || TryLength(bytes, ref at, out _);
            if (!hasTime || at >= bytes.Length)
            {
                return false;
            }

            int status = bytes[at] < 0x80 ? running : bytes[at++];
            if (status == 0xFF)
            {
                int type = at < bytes.Length ? bytes[at++] : 0xFF;
                if (type >= 0x80 || !TryLength(bytes, ref at, out int length) || length > bytes.Length - at)
                {
                    return false;
                }

                if (type == 0x2F)
                {
                    return length == 0;
                }

                at += length;
            }
            else if (status is 0xF0 or 0xF7)
            {
                if (!TryLength(bytes, ref at, out int length) || length > bytes.Length - at)
                {
                    return false;
                }

                at += length;
            }
            else
            {
                running = status < 0xF0 ? status : running;
                int count = DataBytes(status);
                if (count < 0 || count > bytes.Length - at || (!anyData && bytes.Slice(at, count).ContainsAnyInRange((byte)0x80, (byte)0xFF)))
                {
                    return false;
                }

                at += count;
            }
        }

        return !mustEnd;
    }

    /// <summary>How many data bytes follow a status that is no meta event and no system exclusive message; -1 for what is no status.</summary>
    public static int DataBytes(int status) => status switch
    {
        < 0x80 or 0xF4 or 0xF5 or 0xF9 or 0xFD => -1,
        >= 0xC0 and < 0xE0 or 0xF1 or 0xF3 => 1,
        < 0xF0 or 0xF2 => 2,
        _ => 0,
    };

    private static bool TryLength(ReadOnlySpan<byte> bytes, ref int at, out int value)
    {
        value = 0;
        for (int i = 0; i < 4 && at < bytes.Length; i++)
        {
            byte next = bytes[at++];
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
