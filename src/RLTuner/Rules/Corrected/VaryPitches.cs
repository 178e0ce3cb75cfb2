using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>
/// Rewards variety of the attacked pitches. With V = the sum of factor · |r| over the lags 1 to 3 where |r| is above the
/// threshold, an attack earns V before it less V after it; a melody's sum is therefore the worst V less its final one.
/// </summary>
/// <remarks>
/// A difference of potentials cannot be farmed: going in circles earns nothing (Ng, Harada and Russell 1999). A melody of few
/// notes or of one pitch has the worst V, so that saying nothing is no way to be varied.
/// </remarks>
/// <param name="factor">Weight of each |r|; V is at most three times this.</param>
/// <param name="thresholdHundredths">Likeness up to this many hundredths is no lack of variety.</param>
/// <param name="leastAttacks">With fewer attacks V is the worst.</param>
public sealed class VaryPitches(double factor = 3, int thresholdHundredths = 15, int leastAttacks = Autocorrelation.LeastAttacks) : IRule
{
    /// <inheritdoc/>
    public string Name => RuleNames.Autocorrelation;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) => next.StartsNote
        ? LikenessOf(before.PitchAutocorrelation) - LikenessOf(before.PitchAutocorrelation.With(next.Pitch.MidiNumber))
        : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Score(before, next) switch
    {
        > 0 => $"{next.Pitch} makes the melody more varied.",
        < 0 => $"{next.Pitch} makes the melody resemble what came one to three notes before.",
        _ => "",
    };

    private double LikenessOf(in Autocorrelation pitches)
    {
        if (pitches.Count < leastAttacks || pitches.IsConstant)
        {
            return Autocorrelation.MaxLag * factor;
        }

        double likeness = 0;
        for (int lag = 1; lag <= Autocorrelation.MaxLag; lag++)
        {
            Correlation correlation = pitches.At(lag);
            likeness += correlation.IsStrongerThan(thresholdHundredths) ? factor * Math.Abs(correlation.Value) : 0;
        }

        return likeness;
    }
}
