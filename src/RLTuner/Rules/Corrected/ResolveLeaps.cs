using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>Rewards turning back by smaller motion after a leap, at most once a bar, and penalises a second leap the same way.</summary>
/// <param name="reward">Paid where a leap is resolved.</param>
/// <param name="penalty">Paid where a leap is doubled.</param>
public sealed class ResolveLeaps(double reward = 5, double penalty = -5) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Leap;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => Judge(before, next) switch
    {
        LeapOutcome.Resolved => WasPaidInThisBar(before) ? 0 : reward,
        LeapOutcome.Doubled => penalty,
        _ => 0,
    };

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Judge(before, next) switch
    {
        LeapOutcome.Resolved when WasPaidInThisBar(before) => $"{next.Pitch} resolves a leap, not the bar's first.",
        LeapOutcome.Resolved => $"{next.Pitch} resolves the leap {(before.Leap.Direction > 0 ? "up" : "down")} before it.",
        LeapOutcome.Doubled => $"{next.Pitch} leaps on by a {(next.Pitch - before.Attacks.Latest)} after a leap.",
        _ => "",
    };

    private static LeapOutcome Judge(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && before.Attacks.Count > 0 ? before.Leap.Judge(next.Pitch - before.Attacks.Latest) : LeapOutcome.None;

    private static bool WasPaidInThisBar(MelodySoFar before) =>
        before.Leap.LatestResolution >= 0 && before.Leap.LatestResolution >= before.Count - before.Bar.StepInBar;
}
