using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Rewards the first passing note of a bar (a second on, the same way, after a second), and penalises a chain of thirds and wider
/// motions, and every motion by its width.
/// </summary>
/// <param name="passing">Paid once a bar.</param>
/// <param name="chain">Paid for a third or wider after two such.</param>
/// <param name="semitone">Paid for each semitone beyond a major third, at most eight.</param>
public sealed class LeadTheLine(double passing = .8, double chain = -.2, double semitone = -.2) : IRule
{
    private const int Third = 3, MajorThird = 4, MostSemitones = 8;

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
        return (Passes(notes, notes.Length, next.Pitch) && !PassedInBar(before) ? passing : 0)
            + (IsChained(notes, next.Pitch) ? chain : 0)
            + (semitone * Math.Clamp((next.Pitch - notes[^1].Pitch).Size - MajorThird, 0, MostSemitones));
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Score(before, next) switch
    {
        0 => "",
        > 0 => $"{before.Attacks.Latest} passes on to {next.Pitch} by step.",
        _ => IsChained(before.Notes.Attacks, next.Pitch)
            ? $"{next.Pitch} goes on a chain of thirds and leaps."
            : $"From {before.Attacks.Latest} to {next.Pitch} is wide: {next.Pitch - before.Attacks.Latest}.",
    };

    private static bool IsChained(ReadOnlySpan<Attack> notes, Pitch next) =>
        notes.Length > 2 && (next - notes[^1].Pitch).Size >= Third
        && (notes[^1].Pitch - notes[^2].Pitch).Size >= Third && (notes[^2].Pitch - notes[^3].Pitch).Size >= Third;

    /// <summary>Whether a pitch after so many notes goes on by a second as the notes before it came.</summary>
    private static bool Passes(ReadOnlySpan<Attack> notes, int count, Pitch pitch) =>
        count > 1 && (pitch - notes[count - 1].Pitch) is { Size: 1 or 2 } second
        && (notes[count - 1].Pitch - notes[count - 2].Pitch) is { Size: 1 or 2 } first
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
