using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>Rewards a bar for going as an earlier bar began, once it holds several pitches, a little more for each further pitch.</summary>
/// <param name="reward">Paid at the attack that completes the motif.</param>
/// <param name="rewardForMore">Paid for each further pitch while the bar still goes alike.</param>
/// <param name="leastPitches">Different pitches that make a motif.</param>
public sealed class RepeatMotifs(double reward = 4, double rewardForMore = 1, int leastPitches = BarPrefixes.LeastPitchesOfMotif) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.RepeatedMotif;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        MakeMotifs.NewPitches(before, next) is int pitches && pitches >= leastPitches && before.Bar.WouldRepeat(next)
            ? (pitches == leastPitches ? reward : rewardForMore)
            : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : $"Up to {next.Pitch} the bar repeats the beginning of an earlier one.";
}
