using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Rewards the first passing note of a bar (a second on, the same way, after a second), and penalises a chain of thirds and wider
/// motions, and motions by their width.
/// </summary>
/// <param name="passing">Paid once a bar.</param>
/// <param name="chain">Paid for a third or wider after two such.</param>
/// <param name="semitone">Paid for each semitone beyond a major third, at most eight.</param>
public sealed class LeadTheLine(double passing = 2.25, double chain = -.6, double semitone = -.5) : IRule
{
    private const int Third = 3, MajorThird = 4, Most = 8;

    /// <inheritdoc/>
    public string Name => MusicalNames.Line;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        if (!next.StartsNote || before.Attacks.Count == 0)
        {
            return 0;
        }

        ReadOnlySpan<Attack> notes = before.Notes.Attacks;
        Interval motion = next.Pitch - notes[^1].Pitch;
        bool chained = motion.Size >= Third && notes.Length > 2
            && (notes[^1].Pitch - notes[^2].Pitch).Size >= Third && (notes[^2].Pitch - notes[^3].Pitch).Size >= Third;
        return (Passes(notes, notes.Length, next.Pitch) && !PassedInBar(before) ? passing : 0)
            + (chained ? chain : 0)
            + (semitone * Math.Clamp(motion.Size - MajorThird, 0, Most));
    }

    private static bool Passes(ReadOnlySpan<Attack> notes, int index, Pitch pitch) =>
        index > 1 && (pitch - notes[index - 1].Pitch) is { Size: 1 or 2 } second
        && (notes[index - 1].Pitch - notes[index - 2].Pitch) is { Size: 1 or 2 } first
        && Math.Sign(first.Semitones) == Math.Sign(second.Semitones);

    private static bool PassedInBar(MelodySoFar before)
    {
        ReadOnlySpan<Attack> notes = before.Notes.Attacks;
        int start = before.Count - before.Bar.StepInBar;
        for (int i = notes.Length - 1; i >= 0 && notes[i].Step >= start; i--)
        {
            if (Passes(notes, i, notes[i].Pitch))
            {
                return true;
            }
        }

        return false;
    }
}
