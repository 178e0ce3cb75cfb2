using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's reward for climbing the scale of C major. The class observed is the previous one, the prime at the first step.
/// </summary>
public sealed class MagentaScale : IRule
{
    private static readonly int[] Scale = [2, 4, 6, 7, 9, 11, 13, 14, 16, 18, 19, 21, 23, 25, 26];

    /// <inheritdoc/>
    public string Name => RuleNames.Scale;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int observed = before.Encoding.ClassOf(before.Previous);
        int played = before.Encoding.ClassOf(next);
        int place = Array.IndexOf(Scale, played);
        double score = played == MagentaReading.NoEvent ? .1 : 0;
        score += played > observed && played < observed + 3 ? .05 : 0;
        score += place >= 0 ? .01 : 0;
        return score + (FollowsInScale(observed, place) ? .8 : 0);
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        FollowsInScale(before.Encoding.ClassOf(before.Previous), Array.IndexOf(Scale, before.Encoding.ClassOf(next)))
            ? $"{next} is the next note of C major after {before.Previous}."
            : "";

    private static bool FollowsInScale(int observed, int place)
    {
        int observedPlace = Array.IndexOf(Scale, observed);
        return place >= 0 && observedPlace >= 0 && place == (observedPlace + 1) % Scale.Length;
    }
}
