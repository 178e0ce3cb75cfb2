using RLTuner.Music;

namespace RLTuner.Evaluation;

/// <summary>
/// The longest passage of each melody that a corpus holds too: notes in a row of the same pitches, and as far apart. How long notes sound and
/// how long the last one lasts does not matter. Time grows with melodies plus corpus; memory with the melodies alone, up to a bound.
/// </summary>
public static class CopiedPassages
{
    /// <summary>This many moves from note to note are looked for at once; more take further passes over the corpus.</summary>
    private const int MovesAtOnce = 1 << 18;

    /// <summary>How many notes of each melody are copied in a row; 0 where no two are.</summary>
    /// <param name="melodies">The melodies to be judged.</param>
    /// <param name="corpus">Where they may be copied from; enumerated once for every quarter of a million notes of the melodies.</param>
    public static int[] Of(IReadOnlyList<Melody> melodies, IEnumerable<Melody> corpus)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(corpus);
        int[] notes = new int[melodies.Count];
        for (int first = 0; first < melodies.Count;)
        {
            first = Fill(melodies, first, corpus, notes);
        }

        return notes;
    }

    /// <summary>The mean over melodies of the longest passage, with its 95 % interval, and the longest of all, as figures.</summary>
    /// <param name="notes">What <see cref="Of"/> found.</param>
    public static IReadOnlyList<Figure> Figures(IReadOnlyList<int> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        return
        [
            Figure.Of(
                "copied_passage",
                RatioSum.Of(notes, length => (length, 1)),
                FigureUnit.PerMelody,
                "mean over melodies of the notes in the longest passage that the corpus holds too"),
            new("longest_copied_passage", notes.DefaultIfEmpty().Max(), FigureUnit.Count, "notes in the longest of these passages"),
        ];
    }

    private static int Fill(IReadOnlyList<Melody> melodies, int first, IEnumerable<Melody> corpus, int[] notes)
    {
        SuffixAutomaton automaton = new();
        List<long[]> rows = [];
        for (int moves = 0; first + rows.Count < melodies.Count && moves < MovesAtOnce; moves += rows[^1].Length + 1)
        {
            rows.Add(Moves(melodies[first + rows.Count]));
            automaton.Add(rows[^1]);
        }

        foreach (Melody melody in corpus)
        {
            automaton.Match(Moves(melody));
        }

        automaton.Close();
        for (int i = 0; i < rows.Count; i++)
        {
            int moves = automaton.LongestMatch(rows[i]);
            notes[first + i] = moves > 0 ? moves + 1 : 0;
        }

        return first + rows.Count;
    }

    /// <summary>From each note to the next: both pitches and the steps between. A row of n of them is a passage of n + 1 notes.</summary>
    private static long[] Moves(Melody melody)
    {
        List<long> moves = [];
        int last = -1;
        for (int step = 0; step < melody.Events.Length; step++)
        {
            if (melody.Events[step].StartsNote)
            {
                if (last >= 0)
                {
                    moves.Add(((long)(step - last) << 16) | (uint)(melody.Events[last].Pitch.MidiNumber << 8) | (uint)melody.Events[step].Pitch.MidiNumber);
                }

                last = step;
            }
        }

        return [.. moves];
    }
}
