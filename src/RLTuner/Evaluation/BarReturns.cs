using RLTuner.Music;

namespace RLTuner.Evaluation;

/// <summary>How often bars of melodies take up an earlier bar of the same melody. Bars that the melody ends within do not count.</summary>
/// <param name="Bars">Whole bars that have a bar before them.</param>
/// <param name="Motifs">Bars that begin with at least three attacks, of at least two pitches, at the same steps and in the same scale steps from the first as an earlier bar.</param>
/// <param name="Copies">Bars of at least three attacks that are the same as an earlier bar.</param>
/// <param name="Rhythms">Bars whose first half has at least two attacks, at the same steps as the first half of an earlier bar.</param>
public readonly record struct BarReturns(int Bars, int Motifs, int Copies, int Rhythms)
{
    private const int LeastAttacks = 3;

    /// <summary>Counts a melody.</summary>
    /// <param name="melody">A melody from a bar line on.</param>
    /// <param name="key">The key whose scale steps count: a pitch outside belongs to the one below.</param>
    /// <param name="stepsPerBar">The length of a bar.</param>
    public static BarReturns Of(Melody melody, Key key, int stepsPerBar)
    {
        ArgumentNullException.ThrowIfNull(melody);
        ArgumentNullException.ThrowIfNull(key);
        HashSet<string> motifs = [], copies = [], rhythms = [];
        int bars = 0, motif = 0, copy = 0, rhythm = 0;
        for (int start = 0; start + stepsPerBar <= melody.Events.Length; start += stepsPerBar)
        {
            ReadOnlySpan<MelodyEvent> bar = melody.Events.AsSpan(start, stepsPerBar);
            List<(int Step, int Degree)> attacks = [];
            for (int step = 0; step < bar.Length; step++)
            {
                if (bar[step].StartsNote)
                {
                    attacks.Add((step, ScaleDegree(bar[step].Pitch, key)));
                }
            }

            bars += start > 0 ? 1 : 0;
            motif += ReturnsTo(motifs, Motif(attacks)) ? 1 : 0;
            copy += attacks.Count >= LeastAttacks && copies.Contains(Text(bar)) ? 1 : 0;
            copies.Add(Text(bar));
            rhythm += ReturnsTo(rhythms, Rhythm(attacks, stepsPerBar)) ? 1 : 0;
        }

        return new BarReturns(bars, motif, copy, rhythm);
    }

    /// <summary>The sums of two.</summary>
    public static BarReturns operator +(BarReturns one, BarReturns other) =>
        new(one.Bars + other.Bars, one.Motifs + other.Motifs, one.Copies + other.Copies, one.Rhythms + other.Rhythms);

    private static bool ReturnsTo(HashSet<string> earlier, string? now) => now is not null && !earlier.Add(now);

    /// <summary>The shortest beginning that is a motif; bars that begin alike for longer share it too.</summary>
    private static string? Motif(List<(int Step, int Degree)> attacks)
    {
        int length = LeastAttacks;
        while (length <= attacks.Count && attacks.Take(length).All(attack => attack.Degree == attacks[0].Degree))
        {
            length++;
        }

        return length > attacks.Count ? null : string.Join(' ', attacks.Take(length).Select(attack => $"{attack.Step}:{attack.Degree - attacks[0].Degree}"));
    }

    private static string? Rhythm(List<(int Step, int Degree)> attacks, int stepsPerBar)
    {
        int[] steps = [.. attacks.Select(attack => attack.Step).Where(step => 2 * step < stepsPerBar)];
        return steps.Length < 2 ? null : string.Join(' ', steps);
    }

    private static int ScaleDegree(Pitch pitch, Key key)
    {
        int aboveTonic = pitch.MidiNumber - key.Tonic + 12;
        int within = 0;
        foreach (int semitones in key.Mode.Semitones)
        {
            within += semitones <= aboveTonic % 12 ? 1 : 0;
        }

        return (aboveTonic / 12 * key.Mode.Semitones.Length) + within;
    }

    private static string Text(ReadOnlySpan<MelodyEvent> bar)
    {
        char[] text = new char[bar.Length];
        for (int i = 0; i < bar.Length; i++)
        {
            text[i] = (char)(bar[i].StartsNote ? 2 + bar[i].Pitch.MidiNumber : bar[i].IsHold ? 0 : 1);
        }

        return new string(text);
    }
}
