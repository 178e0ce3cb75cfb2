using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>Rewards a bar for holding several pitches: once when it reaches enough of them, a little for each one more.</summary>
/// <param name="reward">Paid at the attack that completes the motif.</param>
/// <param name="rewardForMore">Paid for each further pitch of the bar.</param>
/// <param name="leastPitches">Different pitches that make a motif.</param>
public sealed class MakeMotifs(double reward = 3, double rewardForMore = .3, int leastPitches = BarPrefixes.LeastPitchesOfMotif) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Motif;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        NewPitches(before, next) is int pitches && pitches >= leastPitches ? (pitches == leastPitches ? reward : rewardForMore) : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        NewPitches(before, next) is int pitches && pitches >= leastPitches ? $"With {next.Pitch} the bar's motif has {pitches} pitches." : "";

    /// <summary>The different pitches of the bar with the event, or nothing where it brings no new one.</summary>
    internal static int? NewPitches(MelodySoFar before, MelodyEvent next) =>
        next.StartsNote && !before.Bar.Pitches.Contains(next.Pitch.MidiNumber) ? before.Bar.Pitches.Count + 1 : null;
}
