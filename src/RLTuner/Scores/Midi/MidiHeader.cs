namespace RLTuner.Scores.Midi;

/// <summary>What a MIDI file's first chunk says.</summary>
/// <param name="TrackCount">How many tracks follow.</param>
/// <param name="TicksPerQuarter">The grid where it divides the quarter note, else null.</param>
/// <param name="SecondsPerTick">The grid where it divides the second (SMPTE), else 0.</param>
internal readonly record struct MidiHeader(int TrackCount, int? TicksPerQuarter, double SecondsPerTick)
{
    /// <summary>Its length in all three formats.</summary>
    public const int UsualLength = 6;

    /// <summary>The grid that most programs write.</summary>
    public const int UsualDivision = 480;

    /// <summary>Reads it, and leaves the cursor behind it.</summary>
    public static MidiHeader Read(ref MidiCursor cursor, MidiFaults faults)
    {
        if (!MidiStart.Find(ref cursor, faults))
        {
            return new MidiHeader(1, UsualDivision, 0);
        }

        uint length = cursor.UInt32("the header's length");
        bool isRight = length >= UsualLength && length <= cursor.Remaining;
        if (!isRight && (faults.IsStrict || cursor.Remaining < UsualLength))
        {
            throw cursor.Error(
                $"expected a header of 6 bytes, found {length} declared and {cursor.Remaining} there (is the file cut short?)");
        }

        if (!isRight || (length != UsualLength && !faults.IsStrict && cursor.Rest[UsualLength..].StartsWith("MTrk"u8)))
        {
            faults.Report(cursor.Position, "a header of 6 bytes", length, "the header is taken to have 6 bytes");
            length = UsualLength;
        }

        MidiCursor header = cursor.Slice((int)length, "the header");
        int format = header.UInt16("the format");
        if (format > 2)
        {
            faults.Report(header.Position, "format 0, 1 or 2", format, "the file is read as format 1");
        }

        int tracks = header.UInt16("the number of tracks");
        int division = header.UInt16("the division of time");
        if (division is > 0 and < 0x8000)
        {
            return new MidiHeader(tracks, division, 0);
        }

        int framesPerSecond = -(sbyte)(division >> 8);
        int ticksPerFrame = division & 0xFF;
        if (ticksPerFrame > 0 && framesPerSecond is 24 or 25 or 29 or 30)
        {
            return new MidiHeader(tracks, null, 1 / (RealFrameRate(framesPerSecond) * ticksPerFrame));
        }

        faults.Report(
            header.Position, "ticks a quarter note, or 24, 25, 29 or 30 frames a second and ticks a frame", [(byte)(division >> 8), (byte)division],
            "the file is taken to have 480 ticks a quarter");
        return new MidiHeader(tracks, UsualDivision, 0);
    }

    /// <summary>"29" stands for the 30·1000/1001 frames of drop-frame time.</summary>
    private static double RealFrameRate(int named) => named == 29 ? 30000.0 / 1001 : named;
}
