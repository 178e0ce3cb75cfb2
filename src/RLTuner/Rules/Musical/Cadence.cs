using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// At the last planned step, rewards a melody for coming to rest: on a last note that has time to sound, and on the tonic, more so where
/// that comes on a strong beat and is reached by step.
/// </summary>
/// <param name="key">The key whose tonic counts.</param>
/// <param name="time">Paid where the last note sounds for a beat or more, and was attacked no more than a bar before the end.</param>
/// <param name="tonic">Paid where it is the tonic, in any octave.</param>
/// <param name="onStrongBeat">Paid besides where the tonic is attacked at a bar line or on a beat in the middle of a bar.</param>
/// <param name="byStep">Paid besides where the note before the tonic lies a second away.</param>
public sealed class Cadence(Key key, double time = .5, double tonic = 1.5, double onStrongBeat = .05, double byStep = .25) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Cadence;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        if (Last(before, next) is not { } last)
        {
            return 0;
        }

        bool home = key.IsTonic(last.Pitch);
        return (HasTime(before, last, next) ? time : 0)
            + (home ? tonic : 0)
            + (home && before.StrengthOf(last.Step) > TimeSignature.Beat ? onStrongBeat : 0)
            + (home && IsReachedByStep(before, last) ? byStep : 0);
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 || Last(before, next) is not { } last ? ""
        : !key.IsTonic(last.Pitch) ? $"The last note, {last.Pitch}, has time to sound."
        : $"The melody ends on the tonic, {last.Pitch}{(before.StrengthOf(last.Step) > TimeSignature.Beat ? ", on a strong beat" : "")}"
            + $"{(IsReachedByStep(before, last) ? ", reached by step" : "")}.";

    /// <summary>The last note, once the melody is over.</summary>
    private static Attack? Last(MelodySoFar before, MelodyEvent next) =>
        before.Count != before.PlannedLength - 1 ? null
        : next.StartsNote ? new Attack(before.Count, next.Pitch)
        : before.Attacks.Count > 0 ? before.Notes.Attacks[^1]
        : null;

    private static bool HasTime(MelodySoFar before, Attack last, MelodyEvent next)
    {
        int length = before.PlannedLength - last.Step, beat = before.StepsPerBeat;
        if (length < beat || length > before.StepsPerBar)
        {
            return false;
        }

        foreach (MelodyEvent held in before.Events[(last.Step + 1)..Math.Min(last.Step + beat, before.Count)])
        {
            if (held.IsNoteOff)
            {
                return false;
            }
        }

        return length > beat || beat == 1 || next.IsHold;
    }

    private static bool IsReachedByStep(MelodySoFar before, Attack last)
    {
        ReadOnlySpan<Attack> attacks = before.Notes.Attacks;
        int index = attacks.Length - (last.Step == before.Count ? 1 : 2);
        return index >= 0 && (last.Pitch - attacks[index].Pitch).Size is 1 or 2;
    }
}
