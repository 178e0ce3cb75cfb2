using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>At the last planned step, rewards a highest and a lowest pitch that were each attacked once.</summary>
/// <param name="reward">Paid for each of the two.</param>
public sealed class ReachExtremesOnce(double reward = 3) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.HighLowUnique;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        PitchExtremes final = AtTheEnd(before, next);
        return (final.HighestIsUnique ? reward : 0) + (final.LowestIsUnique ? reward : 0);
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next)
    {
        PitchExtremes final = AtTheEnd(before, next);
        return (final.HighestIsUnique, final.LowestIsUnique) switch
        {
            (true, true) => $"The peak {new Pitch(final.Highest)} and the low {new Pitch(final.Lowest)} are each reached once.",
            (true, false) => $"The peak {new Pitch(final.Highest)} is reached once.",
            (false, true) => $"The low {new Pitch(final.Lowest)} is reached once.",
            _ => "",
        };
    }

    /// <summary>The whole melody's extremes; none before its last step.</summary>
    private static PitchExtremes AtTheEnd(MelodySoFar before, MelodyEvent next) =>
        before.Count != before.PlannedLength - 1 ? default
        : next.StartsNote ? before.Extremes.With(next.Pitch.MidiNumber)
        : before.Extremes;
}
