namespace RLTuner.Scores.Abc;

/// <summary>A note as written in a bar.</summary>
/// <param name="Layer">0, or which overlay (&amp;) of the bar it stands in.</param>
/// <param name="StaffLine">Letter and octave as seven steps an octave.</param>
/// <param name="Pitch">Its MIDI number with the accidentals of key and bar.</param>
/// <param name="HasAccidental">Whether an accidental stands before it.</param>
/// <param name="Offset">Its attack in ticks from the bar's start.</param>
/// <param name="Length">Its length in ticks.</param>
/// <param name="IsTied">Whether a tie follows it.</param>
internal readonly record struct AbcNote(int Layer, int StaffLine, int Pitch, bool HasAccidental, long Offset, long Length, bool IsTied);

/// <summary>What stands between two bar lines, endings or part marks, and what these say of repeats.</summary>
internal sealed class AbcBar(AbcSettings settings)
{
    /// <summary>What holds at the bar's start.</summary>
    public AbcSettings Settings { get; set; } = settings;

    /// <summary>What fields within the bar change, and where in ticks.</summary>
    public (long Offset, AbcSettings Settings)[] Changes { get; set; } = [];

    /// <summary>Its notes in written order.</summary>
    public AbcNote[] Notes { get; set; } = [];

    public long Length { get; set; }

    /// <summary>Whether a bar line ends it, not an ending or part in its midst.</summary>
    public bool EndsAtBarLine { get; set; }

    /// <summary>Whether it starts with |:.</summary>
    public bool StartsRepeat { get; set; }

    /// <summary>Whether a double bar stands before it: a repeat without a start sign starts here.</summary>
    public bool StartsSection { get; set; }

    /// <summary>How many more times :| at its end asks for: one for each colon.</summary>
    public int Repeats { get; set; }

    /// <summary>In which passes it and what follows it are played; null where it starts no ending.</summary>
    public IReadOnlyList<int>? Endings { get; set; }

    /// <summary>The part (P:) it belongs to, empty where there is none.</summary>
    public string Part { get; init; } = "";
}
