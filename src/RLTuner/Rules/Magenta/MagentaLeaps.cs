using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>The original's leap rule: +5 where an open leap is resolved, -5 where it is doubled.</summary>
public sealed class MagentaLeaps : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Leap;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => before.Magenta.JudgeLeap(before.Encoding.ClassOf(next)) switch
    {
        LeapOutcome.Resolved => 5,
        LeapOutcome.Doubled => -5,
        _ => 0,
    };

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => before.Magenta.JudgeLeap(before.Encoding.ClassOf(next)) switch
    {
        LeapOutcome.Resolved => $"{next} resolves the leap from {MagentaNames.NameOf(before.Magenta.Leap.From, before.Encoding)}.",
        LeapOutcome.Doubled => $"{next} leaps on in the same direction.",
        _ => "",
    };
}
