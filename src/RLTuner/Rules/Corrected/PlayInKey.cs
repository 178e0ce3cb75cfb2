using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>Rewards attacking pitches of the key; repeating a pitch or going back to the one before earns nothing.</summary>
/// <param name="key">The key.</param>
/// <param name="reward">Paid for each; unless given, 1 over the number of the key's pitch classes, as if drawn evenly from them.</param>
public sealed class PlayInKey(Key key, double? reward = null) : IRule
{
    private readonly double _reward = reward ?? 1.0 / key.Mode.Semitones.Length;

    /// <inheritdoc/>
    public string Name => RuleNames.KeyDistribution;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && key.Contains(next.Pitch) && !before.Attacks.RepeatsOrTrills(next.Pitch) ? _reward : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Score(before, next) == 0 ? "" : $"{next.Pitch} is in {key}.";
}
