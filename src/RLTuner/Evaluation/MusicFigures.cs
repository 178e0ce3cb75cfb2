using System.Collections.Immutable;
using RLTuner.Corpus;
using RLTuner.Music;

namespace RLTuner.Evaluation;

/// <summary>Whether melodies that begin at bar lines keep a metre, have a living rhythm and take up what they began. docs/metrics.md defines each figure.</summary>
public static class MusicFigures
{
    private const int Thrice = 3;

    /// <summary>The figures of melodies.</summary>
    /// <param name="melodies">Melodies from a bar line on.</param>
    /// <param name="key">Their key.</param>
    /// <param name="timeSignature">Their metre.</param>
    public static ImmutableArray<Figure> Of(IEnumerable<Melody> melodies, Key key, TimeSignature timeSignature)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        Melody[] all = [.. melodies];
        CorpusHistograms heard = CorpusHistograms.Of(all, key, timeSignature);
        BarReturns returns = all.Aggregate(default(BarReturns), (sum, melody) => sum + BarReturns.Of(melody, key, heard.StepsPerBar));
        double notes = heard.PitchClasses.Sum(), steps = all.Sum(melody => melody.Notes().Sum(note => note.Length));
        return
        [
            Figure.Share("on_eighth_grid", At(heard, Melody.StepsPerQuarter / 2), notes, "notes that begin on an eighth of the bar, of all notes"),
            Figure.Share("on_beat", At(heard, timeSignature.StepsPerBeat()), notes, "notes that begin on a beat, of all notes"),
            Figure.Mean("note_length", steps, notes, FigureUnit.Steps, "sixteenth-note steps that a note sounds, as a mean"),
            new Figure("length_entropy", heard.LengthEntropy, FigureUnit.Bits, "entropy of the lengths from attack to attack, in bits"),
            Figure.Share("motif_returns", returns.Motifs, returns.Bars, "bars that begin as an earlier bar did, of all with a bar before them"),
            Figure.Share("bar_copies", returns.Copies, returns.Bars, "bars that are the same as an earlier bar, of all with a bar before them"),
            Figure.Share("rhythm_returns", returns.Rhythms, returns.Bars, "bars whose first half has the rhythm of an earlier one's, of all with a bar before them"),
            Figure.ShareOfMelodies(
                "half_bar_three_times", all.Count(melody => HasHalfBarThrice(melody, heard.StepsPerBar)), all.Length, "melodies in which a half bar is heard three times"),
        ];
    }

    private static double At(CorpusHistograms heard, int grid) => heard.Positions.Where((_, step) => step % grid == 0).Sum();

    private static bool HasHalfBarThrice(Melody melody, int stepsPerBar)
    {
        Dictionary<string, int> heard = [];
        int half = Math.Max(1, stepsPerBar / 2);
        string events = MelodyTally.Fingerprint(melody);
        for (int start = 0; start + half <= events.Length; start += start % stepsPerBar == 0 && half < stepsPerBar ? half : stepsPerBar - (start % stepsPerBar))
        {
            string now = events.Substring(start, half);
            if (now.Any(letter => letter >= MelodyEncoding.FirstPitchClass) && (heard[now] = heard.GetValueOrDefault(now) + 1) >= Thrice)
            {
                return true;
            }
        }

        return false;
    }
}
