using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>The original's key mode: 1/23 for each class in its list of C major, as if drawn from it evenly.</summary>
public sealed class MagentaKeyDistribution : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.KeyDistribution;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        MagentaKey.Contains(before.Encoding.ClassOf(next)) ? 1.0 / MagentaKey.ClassesInKey : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && Score(before, next) > 0 ? $"{next} is in C major." : "";
}
