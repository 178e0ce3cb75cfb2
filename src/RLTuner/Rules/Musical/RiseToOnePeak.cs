using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// At the last planned step, rewards a melody that reaches its highest pitch once, a sixth or more above its lowest, and inside its
/// course: not in the first quarter, nor in the last eighth.
/// </summary>
/// <param name="reward">Paid once.</param>
public sealed class RiseToOnePeak(double reward = 1) : IRule
{
    private const int MajorSixth = 9, LeastNotes = 5;

    /// <inheritdoc/>
    public string Name => MusicalNames.Arch;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => Peak(before, next) is null ? 0 : reward;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Peak(before, next) is { } peak ? $"The melody rises to one peak, {peak}." : "";

    /// <summary>The one peak, once the melody is over; null without one.</summary>
    private static Pitch? Peak(MelodySoFar before, MelodyEvent next)
    {
        if (before.Count != before.PlannedLength - 1 || before.Attacks.Count + (next.StartsNote ? 1 : 0) < LeastNotes)
        {
            return null;
        }

        PitchExtremes extremes = next.StartsNote ? before.Extremes.With(next.Pitch.MidiNumber) : before.Extremes;
        if (!extremes.HighestIsUnique || extremes.Highest - extremes.Lowest < MajorSixth)
        {
            return null;
        }

        int step = StepOf(before, extremes.Highest), length = before.PlannedLength;
        return 4 * step >= length && 8 * step < 7 * length ? new Pitch(extremes.Highest) : null;
    }

    /// <summary>The step of the peak; that of the next event where it isn't among the notes before.</summary>
    private static int StepOf(MelodySoFar before, int highest)
    {
        foreach (Attack attack in before.Notes.Attacks)
        {
            if (attack.Pitch.MidiNumber == highest)
            {
                return attack.Step;
            }
        }

        return before.Count;
    }
}
