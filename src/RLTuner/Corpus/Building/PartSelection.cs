using RLTuner.Scores;

namespace RLTuner.Corpus.Building;

/// <summary>Leaves in a score only the parts that melodies are looked for in.</summary>
internal static class PartSelection
{
    /// <summary>The score with the notes of those parts alone.</summary>
    public static Score Of(Score score, PartChoice choice)
    {
        ArgumentNullException.ThrowIfNull(score);
        int only = choice switch
        {
            PartChoice.Sung => IndexOf(score, instrument => instrument.HasLyrics && !instrument.IsDrum),
            PartChoice.First => IndexOf(score, instrument => !instrument.IsDrum),
            _ => -1,
        };
        IEnumerable<ScoreNote> notes = score.Notes.Where(
            note => only < 0 ? !score.Instruments[note.Instrument].IsDrum : note.Instrument == only);
        return choice == PartChoice.Together && IndexOf(score, instrument => !instrument.IsDrum) is var first and >= 0
            ? score with { Notes = [.. notes.Select(note => note with { Instrument = first })] }
            : score with { Notes = [.. notes] };
    }

    private static int IndexOf(Score score, Func<Instrument, bool> fits)
    {
        for (int i = 0; i < score.Instruments.Length; i++)
        {
            if (fits(score.Instruments[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
