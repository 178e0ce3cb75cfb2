using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>The original's motif rule: +3 at each step where the last eight hold three different notes, +0.3 for each note more.</summary>
public sealed class MagentaMotif : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Motif;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int distinct = before.Magenta.DistinctNotesInMotif(before.Encoding.ClassOf(next));
        return distinct >= MagentaReading.LeastNotesOfMotif ? 3 + (.3 * (distinct - MagentaReading.LeastNotesOfMotif)) : 0;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next)
    {
        int distinct = before.Magenta.DistinctNotesInMotif(before.Encoding.ClassOf(next));
        return distinct >= MagentaReading.LeastNotesOfMotif ? $"The last eight steps are a motif of {distinct} different notes." : "";
    }
}
