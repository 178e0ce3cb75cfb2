using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>Rewards a bar whose first half has the rhythm of an earlier bar's first half, of unequal lengths, and is no copy as a whole.</summary>
/// <param name="reward">Paid at the end of such a bar.</param>
public sealed class ReturnRhythm(double reward = 1.5) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Rhythm;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        before.Bar.StepInBar == before.StepsPerBar - 1 && before.Bars.Latest is { RhythmReturns: true, RhythmVaries: true }
        && 2 * before.Bars.Latest.RhythmsBefore * before.StepsPerBar < before.PlannedLength && !before.Bar.WouldRepeat(next)
            ? reward
            : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : "The bar begins in the rhythm of an earlier one.";
}
