using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Keeps the metre: penalises syncopation, a stronger place of the bar that is passed over by a note from a weaker one or by the rest
/// after it (Longuet-Higgins and Lee 1984), and rewards an attack at the bar line.
/// </summary>
/// <param name="overEighth">Paid for passing over an eighth from between the eighths.</param>
/// <param name="overBeat">Paid for passing over a beat or a bar line.</param>
/// <param name="downbeat">Paid for an attack at a bar line.</param>
public sealed class KeepMetre(double overEighth = -1, double overBeat = -3, double downbeat = .75) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Metre;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int strength = before.StrengthOf(before.Count);
        return next.StartsNote ? (strength == TimeSignature.BarLine ? downbeat : 0)
            : strength <= before.Notes.StrongestSinceAttack ? 0
            : strength < TimeSignature.Beat ? overEighth
            : overBeat;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? ""
        : next.StartsNote ? $"{next.Pitch} marks the bar line."
        : $"No note marks {Place(before.StrengthOf(before.Count))}: {before.Attacks.Latest} began at a weaker place.";

    private static string Place(int strength) =>
        strength switch { TimeSignature.BarLine => "the bar line", >= TimeSignature.Beat => "the beat", _ => "the eighth" };
}
