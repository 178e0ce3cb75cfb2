using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's variety rule, over raw class numbers: -3 |r| for each of the lags 1 to 3 where |r| is above .15. A constant
/// melody has no r and no penalty.
/// </summary>
public sealed class MagentaAutocorrelation : IRule
{
    private const int ThresholdHundredths = 15;
    private const double Factor = 3;

    /// <inheritdoc/>
    public string Name => RuleNames.Autocorrelation;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        Autocorrelation after = before.Magenta.Autocorrelation.With(before.Encoding.ClassOf(next));
        double penalty = 0;
        for (int lag = 1; lag <= Autocorrelation.MaxLag; lag++)
        {
            Correlation correlation = after.At(lag);
            penalty += correlation.IsStrongerThan(ThresholdHundredths) ? Factor * Math.Abs(correlation.Value) : 0;
        }

        return -penalty;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : "The class numbers resemble those one to three steps earlier.";
}
