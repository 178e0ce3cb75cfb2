using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Rules;
using RLTuner.Rules.Corrected;
using RLTuner.Rules.Magenta;
using RLTuner.Rules.Musical;

namespace RLTuner.Rewards;

/// <summary>Whose rules.</summary>
public enum RuleSetName
{
    /// <summary>Rules that tell tunes from spoiled ones, in any key and metre.</summary>
    Musical,

    /// <summary>The paper's nine rules, scoring what is heard, in any key and metre.</summary>
    Theory,

    /// <summary>The published program's, exactly: class numbers, C major, its defects included.</summary>
    Magenta,
}

/// <summary>Which rules each set has, and which of them each <see cref="RewardMode"/> stands for.</summary>
public static class RulePresets
{
    /// <summary>A rule by its name; a new rule enters a set only here.</summary>
    private static readonly ImmutableArray<(string Name, Func<Key, IRule> Create)>
        Theory =
        [
            (RuleNames.Key, key => new StayInKey(key)),
            (RuleNames.Tonic, key => new FrameWithTonic(key)),
            (RuleNames.Repeating, _ => new AvoidRepetition()),
            (RuleNames.Autocorrelation, _ => new VaryPitches()),
            (RuleNames.Motif, _ => new MakeMotifs()),
            (RuleNames.RepeatedMotif, _ => new RepeatMotifs()),
            (RuleNames.PreferredIntervals, key => new PreferIntervals(key)),
            (RuleNames.Leap, _ => new ResolveLeaps()),
            (RuleNames.HighLowUnique, _ => new ReachExtremesOnce()),
            (RuleNames.Scale, key => new ClimbScale(key)),
            (RuleNames.KeyDistribution, key => new PlayInKey(key)),
            (RuleNames.NonRepeating, _ => new KeepMoving()),
        ],
        Magenta =
        [
            (RuleNames.Key, _ => new MagentaKey()),
            (RuleNames.Tonic, _ => new MagentaTonic()),
            (RuleNames.Repeating, _ => new MagentaRepeating()),
            (RuleNames.Autocorrelation, _ => new MagentaAutocorrelation()),
            (RuleNames.Motif, _ => new MagentaMotif()),
            (RuleNames.RepeatedMotif, _ => new MagentaRepeatedMotif()),
            (RuleNames.PreferredIntervals, _ => new MagentaPreferredIntervals()),
            (RuleNames.Leap, _ => new MagentaLeaps()),
            (RuleNames.HighLowUnique, _ => new MagentaHighLowUnique()),
            (RuleNames.Scale, _ => new MagentaScale()),
            (RuleNames.KeyDistribution, _ => new MagentaKeyDistribution()),
            (RuleNames.NonRepeating, _ => new MagentaNonRepeating()),
        ];

    /// <summary>The rules that a mode stands for, all of weight 1; the musical set is always whole.</summary>
    /// <param name="set">Whose rules.</param>
    /// <param name="mode">What is rewarded.</param>
    /// <param name="key">The key that they assume; Magenta's know C major alone.</param>
    public static RuleSet Of(RuleSetName set, RewardMode mode, Key key) =>
        set == RuleSetName.Musical ? MusicalRules.Create(key) : Of(set, key, NamesOf(mode).ToDictionary(name => name, _ => 1.0));

    /// <summary>Rules by their names, such as a run keeps them.</summary>
    /// <param name="set">Whose rules.</param>
    /// <param name="key">The key that they assume; Magenta's know C major alone.</param>
    /// <param name="weights">The weight of each rule; those that are not named are not in the set.</param>
    /// <exception cref="ArgumentException">A name is unknown, or a weight is not a number.</exception>
    public static RuleSet Of(RuleSetName set, Key key, IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(weights);
        ImmutableArray<(string Name, Func<Key, IRule> Create)> known = set switch
        {
            RuleSetName.Magenta => Magenta,
            RuleSetName.Theory => Theory,
            _ => [.. MusicalRules.Create(key).Rules.Select(entry => (entry.Rule.Name, (Func<Key, IRule>)(_ => entry.Rule)))],
        };
        return weights.Keys.FirstOrDefault(name => known.All(rule => rule.Name != name)) is { } unknown
            ? throw new ArgumentException($"expected rules among {string.Join(", ", known.Select(rule => rule.Name))}; found '{unknown}'", nameof(weights))
            : new RuleSet(known.Where(rule => weights.ContainsKey(rule.Name)).Select(rule => new WeightedRule(rule.Create(key), weights[rule.Name])));
    }

    /// <summary>What class numbers mean to the rules of a set: Magenta's score the published nets' numbers; the others hear pitches, and take all of MIDI.</summary>
    /// <param name="set">Whose rules.</param>
    public static MelodyEncoding EncodingOf(RuleSetName set) =>
        set == RuleSetName.Magenta ? MelodyEncoding.Default : new MelodyEncoding(new Pitch(0), 128 + MelodyEncoding.FirstPitchClass);

    /// <summary>Whether the Note RNN's log-likelihood of the played event is part of the reward.</summary>
    public static bool CountsNoteRnn(RewardMode mode) =>
        mode is RewardMode.MusicTheoryBasic or RewardMode.MusicTheoryBasicPlusVariety or RewardMode.MusicTheoryAll;

    private static ImmutableArray<string> NamesOf(RewardMode mode) => mode switch
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
}
