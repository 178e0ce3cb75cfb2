using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Rewards a bar that begins as an earlier bar did, in rhythm and in scale steps, at any pitch, for at least three attacks that are not
/// all of one pitch, and that is no copy as a whole; at most for one bar in four.
/// </summary>
/// <param name="reward">Paid at the end of such a bar.</param>
/// <param name="rewardForMore">Paid besides where more than three attacks go alike.</param>
public sealed class ReturnMotif(double reward = .8, double rewardForMore = .4) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.MotifReturns;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => Returning(before, next) switch
    {
        null => 0,
        BarForm.LeastMotif => reward,
        _ => reward + rewardForMore,
    };

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Returning(before, next) is { } attacks
        ? $"The bar begins as an earlier one did, for {attacks} notes, and goes on in its own way."
        : "";

    /// <summary>At the end of a bar that earns it: how many attacks go alike.</summary>
    private static int? Returning(MelodySoFar before, MelodyEvent next) =>
        before.Bar.StepInBar == before.StepsPerBar - 1 && before.Bars.After(next) is { MotifReturns: true } bar
        && OneBarInFour.IsLeft(before, bar.MotifsBefore) && !before.Bar.WouldRepeat(next)
            ? bar.MotifAttacks
            : null;
}
