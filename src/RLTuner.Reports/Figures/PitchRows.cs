using RLTuner.Music;

namespace RLTuner.Reports.Figures;

/// <summary>Pitches as rows, the highest at the top.</summary>
/// <param name="Lowest">The bottom row.</param>
/// <param name="Highest">The top row.</param>
internal readonly record struct PitchRows(Pitch Lowest, Pitch Highest)
{
    private const int LeastRows = 8, Room = 1;

    public int Count => Highest.MidiNumber - Lowest.MidiNumber + 1;

    /// <summary>Rows for all notes of some melodies, with a little room, so that pictures of a pair have the same rows.</summary>
    public static PitchRows For(params IEnumerable<Melody> melodies)
    {
        int[] pitches = [.. melodies.SelectMany(melody => melody.Notes()).Select(note => note.Pitch.MidiNumber)];
        int low = pitches.Length == 0 ? 60 : pitches.Min(), high = pitches.Length == 0 ? 72 : pitches.Max();
        (low, high) = (Math.Max(0, low - Room), Math.Min(127, high + Room));
        return new PitchRows(new Pitch(low), new Pitch(Math.Clamp(low + LeastRows, high, 127)));
    }

    /// <summary>From the top, 0.</summary>
    public int RowOf(Pitch pitch) => Highest.MidiNumber - pitch.MidiNumber;

    public Pitch PitchOf(int row) => new(Highest.MidiNumber - row);
}
