using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Rules.Corrected;
using RLTuner.Rules.Magenta;

namespace RLTuner.Rules;

/// <summary>The rules that each <see cref="RewardMode"/> stands for, all of weight 1.</summary>
public static class RulePresets
{
    /// <summary>Rules that score what is heard, in any key.</summary>
    public static RuleSet Corrected(RewardMode mode, Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SetOf(Names(mode), name => Corrected(name, key));
    }

    /// <summary>The original's rules, exactly: class numbers, C major, its defects included.</summary>
    public static RuleSet Magenta(RewardMode mode) => SetOf(Names(mode), Magenta);

    /// <summary>Whether the Note RNN's log-likelihood of the played event is part of the reward.</summary>
    public static bool CountsNoteRnn(RewardMode mode) =>
        mode is RewardMode.MusicTheoryBasic or RewardMode.MusicTheoryBasicPlusVariety or RewardMode.MusicTheoryAll;

    private static ImmutableArray<string> Names(RewardMode mode) => mode switch
    {
        RewardMode.Scale => [RuleNames.Scale],
        RewardMode.Key => [RuleNames.KeyDistribution],
        RewardMode.KeyAndTonic => [RuleNames.Key, RuleNames.Tonic],
        RewardMode.NonRepeating => [RuleNames.NonRepeating],
        RewardMode.MusicTheoryRandom or RewardMode.MusicTheoryBasic => [RuleNames.Key, RuleNames.Tonic, RuleNames.Repeating],
        RewardMode.MusicTheoryBasicPlusVariety =>
            [RuleNames.Key, RuleNames.Tonic, RuleNames.Repeating, RuleNames.Autocorrelation],
        RewardMode.PreferredIntervals => [RuleNames.PreferredIntervals],
        RewardMode.MusicTheoryOnly or RewardMode.MusicTheoryAll =>
        [
            RuleNames.Key, RuleNames.Tonic, RuleNames.Repeating, RuleNames.Autocorrelation, RuleNames.Motif,
            RuleNames.RepeatedMotif, RuleNames.PreferredIntervals, RuleNames.Leap, RuleNames.HighLowUnique,
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "expected one of the ten reward modes"),
    };

    private static RuleSet SetOf(ImmutableArray<string> names, Func<string, IRule> create) =>
        new(names.Select(name => new WeightedRule(create(name))));

    private static IRule Corrected(string name, Key key) => name switch
    {
        RuleNames.Key => new StayInKey(key),
        RuleNames.Tonic => new FrameWithTonic(key),
        RuleNames.Repeating => new AvoidRepetition(),
        RuleNames.Autocorrelation => new VaryPitches(),
        RuleNames.Motif => new MakeMotifs(),
        RuleNames.RepeatedMotif => new RepeatMotifs(),
        RuleNames.PreferredIntervals => new PreferIntervals(key),
        RuleNames.Leap => new ResolveLeaps(),
        RuleNames.HighLowUnique => new ReachExtremesOnce(),
        RuleNames.Scale => new ClimbScale(key),
        RuleNames.KeyDistribution => new PlayInKey(key),
        _ => new KeepMoving(),
    };

    private static IRule Magenta(string name) => name switch
    {
        RuleNames.Key => new MagentaKey(),
        RuleNames.Tonic => new MagentaTonic(),
        RuleNames.Repeating => new MagentaRepeating(),
        RuleNames.Autocorrelation => new MagentaAutocorrelation(),
        RuleNames.Motif => new MagentaMotif(),
        RuleNames.RepeatedMotif => new MagentaRepeatedMotif(),
        RuleNames.PreferredIntervals => new MagentaPreferredIntervals(),
        RuleNames.Leap => new MagentaLeaps(),
        RuleNames.HighLowUnique => new MagentaHighLowUnique(),
        RuleNames.Scale => new MagentaScale(),
        RuleNames.KeyDistribution => new MagentaKeyDistribution(),
        _ => new MagentaNonRepeating(),
    };
}
