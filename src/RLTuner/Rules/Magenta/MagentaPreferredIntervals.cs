using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>The original's taste in intervals, in which holding a note and resting are intervals too.</summary>
public sealed class MagentaPreferredIntervals : IRule
{
    private const double Factor = 5;

    /// <inheritdoc/>
    public string Name => RuleNames.PreferredIntervals;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        Factor * ValueOf(before.Magenta.IntervalTo(before.Encoding.ClassOf(next)));

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next)
    {
        MagentaInterval interval = before.Magenta.IntervalTo(before.Encoding.ClassOf(next));
        double value = ValueOf(interval);
        return value == 0 ? "" : $"A {(value > 0 ? "preferred" : "shunned")} interval: {NameOf(interval)}.";
    }

    private static double ValueOf(MagentaInterval interval) => interval.Kind switch
    {
        MagentaIntervalKind.None => 0,
        MagentaIntervalKind.Rest => .05,
        MagentaIntervalKind.SpecialRest => .15,
        MagentaIntervalKind.Hold => .075,
        MagentaIntervalKind.SpecialHold => .3,
        MagentaIntervalKind.InKeyFifth => .1,
        MagentaIntervalKind.InKeyThird => .15,
        _ => interval.Semitones switch { 4 => .09, 2 => .08, 5 => .07, 9 => .05, 7 => .02, 11 => -.3, > 12 => -1, _ => 0 },
    };

    private static string NameOf(MagentaInterval interval) => interval.Kind switch
    {
        MagentaIntervalKind.Rest or MagentaIntervalKind.SpecialRest => "rest",
        MagentaIntervalKind.Hold or MagentaIntervalKind.SpecialHold => "hold",
        MagentaIntervalKind.InKeyFifth => "fifth in C major",
        MagentaIntervalKind.InKeyThird => "third in C major",
        _ => new Interval(interval.Semitones).Name,
    };
}
