using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Rewards a bar whose first half has the rhythm of an earlier bar's first half, of unequal lengths, and that is no copy as a whole; at
/// most for one bar in four.
/// </summary>
/// <param name="reward">Paid at the end of such a bar.</param>
public sealed class ReturnRhythm(double reward = .3) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Rhythm;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        before.Bar.StepInBar == before.StepsPerBar - 1 && before.Bars.After(next) is { RhythmReturns: true, RhythmVaries: true } bar
        && OneBarInFour.IsLeft(before, bar.RhythmsBefore) && !before.Bar.WouldRepeat(next)
            ? reward
            : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : "The bar began in the rhythm of an earlier one.";
}
