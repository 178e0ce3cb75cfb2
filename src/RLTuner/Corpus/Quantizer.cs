using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus;

/// <summary>Moves the notes of a score to the nearest steps of a grid.</summary>
public static class Quantizer
{
    /// <summary>
    /// Quantises a score of one tempo and one metre (120 and 4/4 where it names none): a time becomes the nearest step, halves going
    /// up, and a note that would have no length gets one step.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="stepsPerQuarter">The grid: 4 for sixteenth notes.</param>
    /// <exception cref="TempoChangeException">The tempo changes.</exception>
    /// <exception cref="TimeSignatureChangeException">The metre changes.</exception>
    /// <exception cref="BarOffGridException">A bar does not fill whole steps.</exception>
    /// <exception cref="QuantizationException">A note starts before the score, ends before it starts, or lies too far out.</exception>
    public static QuantizedScore Quantize(Score score, int stepsPerQuarter = Melody.StepsPerQuarter)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsPerQuarter);
        double tempo = OnlyTempo(score);
        TimeSignature metre = OnlyMetre(score);
        double stepsPerBar = metre.QuartersPerBar * stepsPerQuarter;
        if (stepsPerBar != Math.Floor(stepsPerBar))
        {
            throw new BarOffGridException(score.Name, metre, stepsPerQuarter);
        }

        double stepsPerSecond = stepsPerQuarter * tempo / 60;
        ImmutableArray<QuantizedNote> notes = [.. score.Notes.Select(note => QuantizeNote(score, note, stepsPerSecond))];
        return new QuantizedScore
        {
            Name = score.Name,
            Instruments = score.Instruments,
            Notes = notes,
            Tempo = tempo,
            TimeSignature = metre,
            StepsPerQuarter = stepsPerQuarter,
            StepsPerBar = (int)stepsPerBar,
            TotalSteps = notes.IsEmpty ? 0 : notes.Max(note => note.End),
        };
    }

    private static QuantizedNote QuantizeNote(Score score, ScoreNote note, double stepsPerSecond)
    {
        if (note.Start < 0 || note.End < note.Start)
        {
            throw new QuantizationException(
                score.Name,
                $"expected notes that start at tick 0 or later and end after it, found {note.Start} to {note.End} (mend the score)");
        }

        double start = Math.Floor((score.SecondsAt(note.Start) * stepsPerSecond) + 0.5);
        double end = Math.Floor((score.SecondsAt(note.End) * stepsPerSecond) + 0.5);
        end = end > start ? end : start + 1;
        return end < int.MaxValue
            ? new QuantizedNote(note.Instrument, note.Pitch, note.Velocity, (int)start, (int)end)
            : throw new QuantizationException(
                score.Name, $"expected notes within {int.MaxValue} steps, found one that ends at step {end:0} (cut the score)");
    }

    private static double OnlyTempo(Score score)
    {
        ImmutableArray<TempoChange> changes = score.Tempos.Changes;
        return changes.Length == 1
            ? changes[0].QuartersPerMinute
            : throw new TempoChangeException(
                score.Name, changes[0].QuartersPerMinute, changes[1].QuartersPerMinute, score.SecondsAt(changes[1].Tick));
    }

    private static TimeSignature OnlyMetre(Score score)
    {
        TimeSignature? metre = score.TimeSignatures.IsEmpty || score.TimeSignatures[0].Tick > 0 ? TimeSignature.CommonTime : null;
        foreach (TimeSignatureChange change in score.TimeSignatures)
        {
            if (metre is { } before && before != change.TimeSignature)
            {
                throw new TimeSignatureChangeException(score.Name, before, change.TimeSignature, score.SecondsAt(change.Tick));
            }

            metre = change.TimeSignature;
        }

        return metre ?? TimeSignature.CommonTime;
    }
}
