using System.Numerics;
using RLTuner.Music;

namespace RLTuner.Scores.Midi;

/// <summary>Tempo, metre and key: the meta events that a score needs. One that makes no sense leaves what held before it.</summary>
internal static class MidiSignatures
{
    /// <summary>Reads the event, if it is one of these.</summary>
    /// <param name="type">The meta event's type.</param>
    /// <param name="data">Its data.</param>
    /// <param name="start">Where in the file they stand.</param>
    /// <param name="tick">When it happens.</param>
    /// <param name="score">Takes what is read.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Read(int type, ReadOnlySpan<byte> data, int start, long tick, MidiScoreBuilder score, MidiFaults faults)
    {
        switch (type)
        {
            case 0x51:
                ReadTempo(data, start, tick, score, faults);
                break;
            case 0x58:
                ReadMetre(data, start, tick, score, faults);
                break;
            case 0x59:
                ReadKeySignature(data, start, tick, score, faults);
                break;
        }
    }

    private static void ReadTempo(ReadOnlySpan<byte> data, int start, long tick, MidiScoreBuilder score, MidiFaults faults)
    {
        int microseconds = data.Length >= 3 ? (data[0] << 16) | (data[1] << 8) | data[2] : 0;
        if (microseconds > 0)
        {
            score.Tempo(tick, microseconds);
        }
        else
        {
            faults.Report(start, "a tempo of 3 bytes, above 0", data, "the tempo before it holds, or 120");
        }
    }

    private static void ReadMetre(ReadOnlySpan<byte> data, int start, long tick, MidiScoreBuilder score, MidiFaults faults)
    {
        if (data.Length >= 2 && data[0] > 0 && data[1] <= BitOperations.Log2(64))
        {
            score.Metre(tick, new TimeSignature(data[0], 1 << data[1]));
        }
        else
        {
            faults.Report(
                start, "a time signature of 1 to 255 beats, each a whole to a 64th", data, "the metre before it holds, or 4/4");
        }
    }

    private static void ReadKeySignature(ReadOnlySpan<byte> data, int start, long tick, MidiScoreBuilder score, MidiFaults faults)
    {
        if (data.Length >= 2 && (sbyte)data[0] is >= -7 and <= 7 && data[1] <= 1)
        {
            score.KeySignature(tick, new KeySignature((sbyte)data[0], data[1] == 1));
        }
        else if (!faults.IsStrict)
        {
            // The original, too, leaves it out.
            faults.Report(start, "a key signature of -7 to 7 sharps, major or minor", data, "such key signatures are passed over");
        }
    }
}
