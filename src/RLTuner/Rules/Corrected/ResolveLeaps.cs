using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>
/// Rewards turning back by smaller motion after a leap, at most once a bar, and penalises another leap before that. (Were a leap
/// back free, leaping would pay: shuffling the notes of real tunes would raise their score.)
/// </summary>
/// <param name="reward">Paid where a leap is resolved.</param>
/// <param name="penaltyForDoubling">Paid where a second leap goes the same way.</param>
/// <param name="penaltyForLeapingBack">Paid where a second leap goes the other way.</param>
public sealed class ResolveLeaps(double reward = 5, double penaltyForDoubling = -5, double penaltyForLeapingBack = -5) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Leap;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => Judge(before, next) switch
    {
        LeapOutcome.Resolved => WasPaidInThisBar(before) ? 0 : reward,
        LeapOutcome.Doubled => penaltyForDoubling,
        LeapOutcome.LeaptBack => penaltyForLeapingBack,
        _ => 0,
    };

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Judge(before, next) switch
    {
        LeapOutcome.Resolved when WasPaidInThisBar(before) => $"{next.Pitch} resolves a leap, not the bar's first.",
        LeapOutcome.Resolved => $"{next.Pitch} resolves the leap {(before.Leap.Direction > 0 ? "up" : "down")} before it.",
        LeapOutcome.Doubled => $"{next.Pitch} leaps on before the last leap is resolved: {next.Pitch - before.Attacks.Latest}.",
        LeapOutcome.LeaptBack => $"{next.Pitch} leaps back before the last leap is resolved: {next.Pitch - before.Attacks.Latest}.",
        _ => "",
    };

    private static LeapOutcome Judge(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && before.Attacks.Count > 0 ? before.Leap.Judge(next.Pitch - before.Attacks.Latest) : LeapOutcome.None;

    private static bool WasPaidInThisBar(MelodySoFar before) =>
        before.Leap.LatestResolution >= 0 && before.Leap.LatestResolution >= before.Count - before.Bar.StepInBar;
}
