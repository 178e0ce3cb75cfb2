using System.Numerics;
using RLTuner.Music;

namespace RLTuner.Scores.Midi;

/// <summary>The events of one track, as far as a score needs them; the rest is stepped over.</summary>
internal static class MidiTrackReader
{
    private const int EndOfTrack = 0x2F;

    public static void Read(ref MidiCursor track, MidiScoreBuilder score, int trackNumber)
    {
        score.StartTrack(trackNumber);
        long tick = 0;
        int running = 0;
        while (!track.AtEnd)
        {
            tick += track.VariableLength("the time to the next event");
            int status = track.PeekByte("an event");
            if (status < 0x80)
            {
                // Strictly, meta events and sysex end running status; files exist that go on with it.
                status = running != 0
                    ? running
                    : throw track.Error($"expected an event's status (0x80 or more), found 0x{status:X2} (the file is damaged here)");
            }
            else
            {
                track.Byte("an event");
            }

            if (status < 0xF0)
            {
                running = status;
                ReadChannelEvent(ref track, score, status, tick);
            }
            else if (status == 0xFF)
            {
                if (ReadMetaEvent(ref track, score, tick) == EndOfTrack)
                {
                    return;
                }
            }
            else
            {
                SkipSystemEvent(ref track, status);
            }
        }
    }

    private static void ReadChannelEvent(ref MidiCursor track, MidiScoreBuilder score, int status, long tick)
    {
        int channel = status & 0x0F;
        int first = DataByte(ref track);
        switch (status >> 4)
        {
            case 0x8:
                DataByte(ref track);
                score.NoteOff(channel, first, tick);
                break;
            case 0x9:
                int velocity = DataByte(ref track);
                if (velocity > 0)
                {
                    score.NoteOn(channel, first, velocity, tick);
                }
                else
                {
                    score.NoteOff(channel, first, tick);
                }

                break;
            case 0xC:
                score.Program(channel, first);
                break;
            case 0xD:
                break;
            default:
                DataByte(ref track);
                break;
        }
    }

    private static int ReadMetaEvent(ref MidiCursor track, MidiScoreBuilder score, long tick)
    {
        int type = track.Byte("a meta event's type");
        int length = track.VariableLength("a meta event's length");
        MidiCursor start = track;
        ReadOnlySpan<byte> data = track.Bytes(length, "a meta event's data");
        switch (type)
        {
            case 0x03:
                score.TrackName(data);
                break;
            case 0x51:
                score.Tempo(tick, ReadTempo(ref start, data));
                break;
            case 0x58:
                score.Metre(tick, ReadMetre(ref start, data));
                break;
            case 0x59:
                ReadKeySignature(score, tick, data);
                break;
        }

        return type;
    }

    private static int ReadTempo(ref MidiCursor start, ReadOnlySpan<byte> data)
    {
        int microseconds = data.Length >= 3 ? (data[0] << 16) | (data[1] << 8) | data[2] : 0;
        return microseconds > 0
            ? microseconds
            : throw start.Error($"expected a tempo of 3 bytes, above 0, found {Hex(data)} (mend or remove it)");
    }

    private static TimeSignature ReadMetre(ref MidiCursor start, ReadOnlySpan<byte> data) =>
        data.Length < 2 || data[0] == 0 || data[1] > BitOperations.Log2(64)
            ? throw start.Error(
                $"expected a time signature of 1 to 255 beats, each a whole to a 64th, found {Hex(data)} (mend or remove it)")
            : new TimeSignature(data[0], 1 << data[1]);

    private static string Hex(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? "no bytes" : "0x" + Convert.ToHexString(data[..Math.Min(4, data.Length)]);

    private static void ReadKeySignature(MidiScoreBuilder score, long tick, ReadOnlySpan<byte> data)
    {
        // Nothing is lost with a key signature out of range, and files with one exist: it is left out.
        if (data.Length >= 2 && (sbyte)data[0] is >= -7 and <= 7 && data[1] <= 1)
        {
            score.KeySignature(tick, new KeySignature((sbyte)data[0], data[1] == 1));
        }
    }

    private static void SkipSystemEvent(ref MidiCursor track, int status)
    {
        switch (status)
        {
            case 0xF0 or 0xF7:
                track.Bytes(track.VariableLength("a system exclusive message's length"), "a system exclusive message");
                break;
            case 0xF1 or 0xF3:
                DataByte(ref track);
                break;
            case 0xF2:
                DataByte(ref track);
                DataByte(ref track);
                break;
            case 0xF4 or 0xF5 or 0xF9 or 0xFD:
                throw track.Error($"expected an event, found the undefined status 0x{status:X2} (the file is damaged here)");
        }
    }

    private static int DataByte(ref MidiCursor track)
    {
        int value = track.PeekByte("an event's data");
        return value < 0x80
            ? track.Byte("an event's data")
            : throw track.Error($"expected an event's data (below 0x80), found 0x{value:X2} (the file is damaged here)");
    }
}
