namespace RLTuner.Music.Analysis;

/// <summary>What the original program calls the interval of a step.</summary>
internal enum MagentaIntervalKind
{
    /// <summary>No note came before.</summary>
    None,

    /// <summary>Class 0 after a note.</summary>
    Rest,

    /// <summary>Class 0 after the tonic or the fifth of C major.</summary>
    SpecialRest,

    /// <summary>Class 1 after a note.</summary>
    Hold,

    /// <summary>Class 1 after the tonic or the fifth of C major.</summary>
    SpecialHold,

    /// <summary>Seven semitones from the tonic or the fifth of C major.</summary>
    InKeyFifth,

    /// <summary>Four semitones from the tonic or the third of C major.</summary>
    InKeyThird,

    /// <summary>Any other distance between two notes.</summary>
    Plain,
}

/// <summary>A step's interval in the original's reading, which knows C major alone.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="Semitones">The distance without direction, where both ends are notes.</param>
internal readonly record struct MagentaInterval(MagentaIntervalKind Kind, int Semitones)
{
    /// <summary>Whether it is a leap: a fifth or more.</summary>
    public bool IsLeap => Semitones >= LeapTracker.SmallestLeap;

    /// <summary>The interval from the latest note to the next class.</summary>
    /// <param name="latestNote">The latest class other than 0 and 1, or <see cref="MagentaReading.NoNote"/>.</param>
    /// <param name="next">The next class.</param>
    public static MagentaInterval Between(int latestNote, int next)
    {
        if (latestNote == MagentaReading.NoNote)
        {
            return default;
        }

        bool tonic = latestNote is 2 or 14 or 26;
        bool tonicOrFifth = tonic || latestNote is 9 or 21 or 33;
        if (next == MagentaReading.NoteOff)
        {
            return new MagentaInterval(tonicOrFifth ? MagentaIntervalKind.SpecialRest : MagentaIntervalKind.Rest, 0);
        }

        if (next == MagentaReading.NoEvent)
        {
            return new MagentaInterval(tonicOrFifth ? MagentaIntervalKind.SpecialHold : MagentaIntervalKind.Hold, 0);
        }

        int semitones = Math.Abs(next - latestNote);
        bool third = semitones == 4 && (tonic || latestNote is 6 or 18 or 30);
        MagentaIntervalKind kind = semitones == 7 && tonicOrFifth ? MagentaIntervalKind.InKeyFifth
            : third ? MagentaIntervalKind.InKeyThird
            : MagentaIntervalKind.Plain;
        return new MagentaInterval(kind, semitones);
    }
}
