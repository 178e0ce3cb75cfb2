using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's reward for repeating a motif: +4, and +1 for each note more than three, where the last eight classes are a
/// motif and came before without overlap.
/// </summary>
public sealed class MagentaRepeatedMotif : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.RepeatedMotif;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int classNumber = before.Encoding.ClassOf(next);
        if (!before.Magenta.MotifCameBefore(classNumber))
        {
            return 0;
        }

        int distinct = before.Magenta.DistinctNotesInMotif(classNumber);
        return distinct >= MagentaReading.LeastNotesOfMotif ? 4 + distinct - MagentaReading.LeastNotesOfMotif : 0;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : "The last eight steps repeat an earlier motif.";
}
