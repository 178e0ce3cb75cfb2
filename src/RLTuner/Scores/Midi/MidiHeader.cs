namespace RLTuner.Scores.Midi;

/// <summary>What a MIDI file's first chunk says.</summary>
/// <param name="TrackCount">How many tracks follow.</param>
/// <param name="TicksPerQuarter">The grid where it divides the quarter note, else null.</param>
/// <param name="SecondsPerTick">The grid where it divides the second (SMPTE), else 0.</param>
internal readonly record struct MidiHeader(int TrackCount, int? TicksPerQuarter, double SecondsPerTick)
{
    public static MidiHeader Read(ref MidiCursor cursor)
    {
        if (cursor.Remaining < 4 || !cursor.Bytes(4, "the header's name").SequenceEqual("MThd"u8))
        {
            throw cursor.Error("expected a MIDI file, which starts with 'MThd', found something else (choose a .mid file)");
        }

        uint length = cursor.UInt32("the header's length");
        if (length < 6 || length > cursor.Remaining)
        {
            throw cursor.Error(
                $"expected a header of 6 bytes, found {length} declared and {cursor.Remaining} there (is the file cut short?)");
        }

        MidiCursor header = cursor.Slice((int)length, "the header");
        int format = header.UInt16("the format");
        if (format > 2)
        {
            throw header.Error($"expected format 0, 1 or 2, found {format} (export it as format 1)");
        }

        int tracks = header.UInt16("the number of tracks");
        int division = header.UInt16("the division of time");
        if (division is > 0 and < 0x8000)
        {
            return new MidiHeader(tracks, division, 0);
        }

        int framesPerSecond = -(sbyte)(division >> 8);
        int ticksPerFrame = division & 0xFF;
        return ticksPerFrame > 0 && framesPerSecond is 24 or 25 or 29 or 30
            ? new MidiHeader(tracks, null, 1 / (RealFrameRate(framesPerSecond) * ticksPerFrame))
            : throw header.Error(
                "expected ticks a quarter note, or 24, 25, 29 or 30 frames a second and ticks a frame, "
                + $"found 0x{division:X4} (export it anew)");
    }

    /// <summary>"29" stands for the 30·1000/1001 frames of drop-frame time.</summary>
    private static double RealFrameRate(int named) => named == 29 ? 30000.0 / 1001 : named;
}
