using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>Rewards each attack that leads on, and penalises what <see cref="AvoidRepetition"/> does.</summary>
/// <param name="reward">Paid for an attack that neither repeats the pitch nor goes back to the one before.</param>
/// <param name="penalty">Paid at each step that is excessive.</param>
public sealed class KeepMoving(double reward = .1, double penalty = AvoidRepetition.DefaultPenalty) : IRule
{
    private readonly AvoidRepetition _repetition = new(penalty);

    /// <inheritdoc/>
    public string Name => RuleNames.NonRepeating;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        _repetition.Score(before, next) + (next.StartsNote && !before.Attacks.RepeatsOrTrills(next.Pitch) ? reward : 0);

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => _repetition.Explain(before, next);
}
