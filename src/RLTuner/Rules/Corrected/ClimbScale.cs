using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>
/// Rewards climbing the key's scale note by note, and a little every other pitch of the key. Repeating a pitch or going back to
/// the one before earns nothing.
/// </summary>
/// <param name="key">The key whose scale is climbed.</param>
/// <param name="reward">Paid for the next higher pitch of the scale.</param>
/// <param name="rewardInKey">Paid for any other new pitch of the key.</param>
public sealed class ClimbScale(Key key, double reward = .8, double rewardInKey = .01) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Scale;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        !next.StartsNote || !key.Contains(next.Pitch) || before.Attacks.RepeatsOrTrills(next.Pitch) ? 0
        : IsNextInScale(before, next.Pitch) ? reward
        : rewardInKey;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? ""
        : IsNextInScale(before, next.Pitch) ? $"{next.Pitch} is the next note of {key} above {before.Attacks.Latest}."
        : $"{next.Pitch} is in {key}.";

    private bool IsNextInScale(MelodySoFar before, Pitch next)
    {
        if (before.Attacks.Count == 0 || !key.Contains(before.Attacks.Latest) || next <= before.Attacks.Latest)
        {
            return false;
        }

        Pitch following = before.Attacks.Latest + new Interval(1);
        while (!key.Contains(following))
        {
            following += new Interval(1);
        }

        return next == following;
    }
}
