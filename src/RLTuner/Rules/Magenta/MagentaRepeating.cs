using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's ban on repetition: -100 for a third class 0 in a row, for a sixth equal class, or an eighth where classes 0 or
/// 1 lie between.
/// </summary>
public sealed class MagentaRepeating : IRule
{
    /// <summary>The original's penalty.</summary>
    internal const double Penalty = -100;

    /// <inheritdoc/>
    public string Name => RuleNames.Repeating;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        before.Magenta.IsExcessive(before.Encoding.ClassOf(next)) ? Penalty : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : $"Too many times in a row: {MagentaNames.NameOf(before.Encoding.ClassOf(next), before.Encoding)}.";
}
