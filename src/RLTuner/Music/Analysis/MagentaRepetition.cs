namespace RLTuner.Music.Analysis;

/// <summary>What the original program sees when it looks back for repetitions of a class. The default value is an empty history.</summary>
internal readonly record struct MagentaRepetition
{
    /// <summary>The latest note plus 1, so that the default value means none.</summary>
    private int NotePlusOne { get; init; }

    /// <summary>How often the latest note came since another note.</summary>
    private int NoteCount { get; init; }

    /// <summary>Whether a class 0 or 1 came since another note than the latest.</summary>
    private bool RunHasMarks { get; init; }

    /// <summary>Classes 0 since the latest note.</summary>
    private int Zeros { get; init; }

    /// <summary>Classes 1 since the latest note.</summary>
    private int Ones { get; init; }

    /// <summary>Whether the class would be an excessive repetition.</summary>
    public bool IsExcessive(int next)
    {
        if (next == MagentaReading.NoteOff)
        {
            return Zeros > 1;
        }

        bool note = next != MagentaReading.NoEvent;
        int count = note ? (NotePlusOne == next + 1 ? NoteCount : 0) : Ones;
        bool marks = note ? RunHasMarks : Zeros > 0;
        return count > (marks ? 6 : 4);
    }

    /// <summary>The history with a class more.</summary>
    public MagentaRepetition With(int next)
    {
        switch (next)
        {
            case MagentaReading.NoteOff:
                return this with { RunHasMarks = true, Zeros = Zeros + 1 };
            case MagentaReading.NoEvent:
                return this with { RunHasMarks = true, Ones = Ones + 1 };
            default:
                bool again = NotePlusOne == next + 1;
                return new MagentaRepetition
                {
                    NotePlusOne = next + 1,
                    NoteCount = again ? NoteCount + 1 : 1,
                    RunHasMarks = again ? RunHasMarks : Zeros + Ones > 0,
                };
        }
    }
}
