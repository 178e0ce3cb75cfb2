using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>Penalises a note outside the key. Rests and holds cost nothing.</summary>
/// <param name="key">The key.</param>
/// <param name="penalty">Paid at each attack outside the key.</param>
public sealed class StayInKey(Key key, double penalty = -1) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Key;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => next.StartsNote && !key.Contains(next.Pitch) ? penalty : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && !key.Contains(next.Pitch) ? $"{next.Pitch} is outside {key}." : "";
}
