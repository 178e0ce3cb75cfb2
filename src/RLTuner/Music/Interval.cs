namespace RLTuner.Music;

/// <summary>The distance between two pitches in semitones; positive goes up.</summary>
/// <param name="Semitones">Signed number of semitones.</param>
public readonly record struct Interval(int Semitones)
{
    private static readonly string[] Names =
    [
        "unison", "minor second", "major second", "minor third", "major third", "fourth", "tritone",
        "fifth", "minor sixth", "major sixth", "minor seventh", "major seventh", "octave",
    ];

    private static readonly int[] ScaleSteps = [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6];

    /// <summary>
    /// The signed number of scale steps that an interval of this size spans: 1 for both seconds, 2 for both thirds, to 7 for an octave.
    /// In a major or minor scale only the tritone has two readings; it counts as a fourth.
    /// </summary>
    public int Steps => Math.Sign(Semitones) * ((7 * (Size / 12)) + ScaleSteps[Size % 12]);

    /// <summary>The number of semitones without direction.</summary>
    public int Size => Math.Abs(Semitones);

    /// <summary>The interval's name without direction, such as <c>minor third</c>; wider than an octave, its semitones.</summary>
    public string Name => Size < Names.Length ? Names[Size] : $"{Size} semitones";

    /// <summary>The name with its direction, such as <c>minor third up</c>.</summary>
    public override string ToString() => Semitones switch { 0 => Name, > 0 => $"{Name} up", _ => $"{Name} down" };
}
