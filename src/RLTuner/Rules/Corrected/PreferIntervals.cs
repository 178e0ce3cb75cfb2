using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Corrected;

/// <summary>
/// Values the interval from the latest note to the one attacked. A good interval is rewarded only where it leads on: not where
/// the melody goes back to the pitch it came from, so that a trill earns nothing.
/// </summary>
/// <param name="key">The key whose tonic third and whose fifths on tonic and dominant are valued most.</param>
/// <param name="values">Values by semitones, unison to octave; all others count as wider than an octave.</param>
/// <param name="factor">Multiplies every value.</param>
public sealed class PreferIntervals(Key key, IntervalValues? values = null, double factor = 5) : IRule
{
    private readonly IntervalValues _values = values ?? IntervalValues.Default;

    /// <summary>Semitones from the tonic to the third of its triad: major where the key has it.</summary>
    private readonly int _third = key.Contains(new Pitch(key.Tonic + 4)) ? 4 : 3;

    /// <inheritdoc/>
    public string Name => RuleNames.PreferredIntervals;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        if (!next.StartsNote || before.Attacks.Count == 0)
        {
            return 0;
        }

        double value = factor * ValueOf(before.Attacks.Latest, next.Pitch);
        return value > 0 && before.Attacks.RepeatsOrTrills(next.Pitch) ? 0 : value;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Score(before, next) switch
    {
        0 => "",
        double score => $"{before.Attacks.Latest} to {next.Pitch} is {(score > 0 ? "a good" : "an awkward")} step: "
            + $"{next.Pitch - before.Attacks.Latest}{(IsInTriad(before.Attacks.Latest, next.Pitch) ? $", at home in {key}" : "")}.",
    };

    private double ValueOf(Pitch from, Pitch to) =>
        !IsInTriad(from, to) ? _values.Of(to - from)
        : (to - from).Size == Fifth ? _values.FifthInKey
        : _values.ThirdInKey;

    private const int Fifth = 7;

    private bool IsInTriad(Pitch from, Pitch to)
    {
        int size = (to - from).Size;
        int degree = (from.PitchClass - key.Tonic + 12) % 12;
        int landing = (to.PitchClass - key.Tonic + 12) % 12;
        return (size == Fifth && degree is 0 or Fifth && key.Contains(to))
            || (size == _third && ((degree == 0 && landing == _third) || (degree == _third && landing == 0)));
    }
}
