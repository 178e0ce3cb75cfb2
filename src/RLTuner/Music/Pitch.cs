namespace RLTuner.Music;

/// <summary>A pitch of the tempered scale, by its MIDI number: 60 is middle C, written C4.</summary>
/// <param name="MidiNumber">0 to 127; one a semitone.</param>
public readonly record struct Pitch(int MidiNumber) : IComparable<Pitch>
{
    private static readonly string[] Names = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>The pitch without its octave: 0 for every C, to 11 for every B.</summary>
    public int PitchClass => ((MidiNumber % 12) + 12) % 12;

    /// <summary>The octave in scientific pitch notation: 4 from middle C up to the B above it.</summary>
    public int Octave => (int)Math.Floor(MidiNumber / 12.0) - 1;

    /// <summary>The name of a pitch class, such as <c>Eb</c> for 3.</summary>
    public static string ClassName(int pitchClass) => Names[((pitchClass % 12) + 12) % 12];

    /// <summary>The interval from <paramref name="from"/> up (positive) or down (negative) to <paramref name="to"/>.</summary>
    public static Interval operator -(Pitch to, Pitch from) => new(to.MidiNumber - from.MidiNumber);

    /// <summary>The pitch that lies an interval above.</summary>
    public static Pitch operator +(Pitch pitch, Interval interval) => new(pitch.MidiNumber + interval.Semitones);

    /// <summary>Whether <paramref name="left"/> is lower.</summary>
    public static bool operator <(Pitch left, Pitch right) => left.MidiNumber < right.MidiNumber;

    /// <summary>Whether <paramref name="left"/> is higher.</summary>
    public static bool operator >(Pitch left, Pitch right) => left.MidiNumber > right.MidiNumber;

    /// <summary>Whether <paramref name="left"/> is lower or the same.</summary>
    public static bool operator <=(Pitch left, Pitch right) => left.MidiNumber <= right.MidiNumber;

    /// <summary>Whether <paramref name="left"/> is higher or the same.</summary>
    public static bool operator >=(Pitch left, Pitch right) => left.MidiNumber >= right.MidiNumber;

    /// <summary>Orders by height.</summary>
    public int CompareTo(Pitch other) => MidiNumber.CompareTo(other.MidiNumber);

    /// <summary>Scientific pitch notation, such as <c>C4</c> or <c>Eb5</c>.</summary>
    public override string ToString() => $"{ClassName(PitchClass)}{Octave}";
}
