using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>
/// Penalises attacking one pitch over and over, and going on for more than a bar without an attack. Sustaining and resting up to
/// a bar cost nothing.
/// </summary>
/// <param name="penalty">Paid at each step that is excessive.</param>
/// <param name="mostInARow">Attacks of one pitch that may come before another, where each follows the last at once.</param>
/// <param name="mostSpaced">The same where a hold or rest lies between.</param>
public sealed class AvoidRepetition(double penalty = AvoidRepetition.DefaultPenalty, int mostInARow = 4, int mostSpaced = 6) : IRule
{
    /// <summary>The penalty unless told otherwise; the original's -100 outweighs all other rules together.</summary>
    public const double DefaultPenalty = -10;

    /// <inheritdoc/>
    public string Name => RuleNames.Repeating;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => IsExcessive(before, next) ? penalty : 0;

    /// <summary>Whether the event repeats, or leaves the melody without attack, too long.</summary>
    public bool IsExcessive(MelodySoFar before, MelodyEvent next)
    {
        ref readonly AttackHistory attacks = ref before.Attacks;
        return next.StartsNote
            ? attacks.Count > 0 && next.Pitch == attacks.Latest && attacks.RunLength > (attacks.RunIsBroken ? mostSpaced : mostInARow)
            : attacks.StepsWithoutAttack >= before.StepsPerBar;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        !IsExcessive(before, next) ? ""
        : next.StartsNote ? $"{next.Pitch} is struck {before.Attacks.RunLength + 1} times in a row."
        : "More than a bar has passed without a new note.";
}
