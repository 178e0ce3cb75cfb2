using RLTuner.Music;
using RLTuner.Rules;

namespace RLTuner.Rewards;

/// <summary>Which rules judge a melody, and what they assume.</summary>
/// <param name="RuleSet">Whose rules.</param>
/// <param name="Key">The key.</param>
/// <param name="TimeSignature">The metre; says how long a bar is.</param>
/// <param name="Rules">The rules with their weights.</param>
public sealed record Theory(RuleSetName RuleSet, Key Key, TimeSignature TimeSignature, RuleSet Rules)
{
    /// <summary>The rules of a mode, all of weight 1.</summary>
    public static Theory Of(RuleSetName set, RewardMode mode, Key key, TimeSignature timeSignature) =>
        new(set, key, timeSignature, RulePresets.Of(set, mode, key));
}
