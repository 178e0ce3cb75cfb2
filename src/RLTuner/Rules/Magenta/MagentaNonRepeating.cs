using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's non-repeating mode: 0.1 for any class that isn't repeated excessively. Where it is, the original crashes; here
/// it costs what the repetition rule says.
/// </summary>
public sealed class MagentaNonRepeating : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.NonRepeating;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        before.Magenta.IsExcessive(before.Encoding.ClassOf(next)) ? MagentaRepeating.Penalty : .1;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) > 0 ? "" : $"Too many times in a row: {MagentaNames.NameOf(before.Encoding.ClassOf(next), before.Encoding)}.";
}
