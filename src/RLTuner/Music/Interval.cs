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

    /// <summary>The number of semitones without direction.</summary>
    public int Size => Math.Abs(Semitones);

    /// <summary>The interval's name without direction, such as <c>minor third</c>; wider than an octave, its semitones.</summary>
    public string Name => Size < Names.Length ? Names[Size] : $"{Size} semitones";

    /// <summary>The name with its direction, such as <c>minor third up</c>.</summary>
    public override string ToString() => Semitones switch { 0 => Name, > 0 => $"{Name} up", _ => $"{Name} down" };
}
