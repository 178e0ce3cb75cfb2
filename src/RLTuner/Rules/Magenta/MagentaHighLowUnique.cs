using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's rule about extremes, on the last step: +3 if the largest class occurs once (0 and 1 included), +3 if the
/// smallest other than 0 and 1 does.
/// </summary>
public sealed class MagentaHighLowUnique : IRule
{
    private const double Reward = 3;

    /// <inheritdoc/>
    public string Name => RuleNames.HighLowUnique;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        (bool high, bool low) = Unique(before, next);
        return (high ? Reward : 0) + (low ? Reward : 0);
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) => Unique(before, next) switch
    {
        (true, true) => "The highest and the lowest note each come once.",
        (true, false) => "The highest note comes once.",
        (false, true) => "The lowest note comes once.",
        _ => "",
    };

    private static (bool High, bool Low) Unique(MelodySoFar before, MelodyEvent next)
    {
        if (before.Count != before.PlannedLength - 1)
        {
            return default;
        }

        int classNumber = before.Encoding.ClassOf(next);
        PitchExtremes notes = before.Magenta.Notes;
        notes = classNumber is MagentaReading.NoteOff or MagentaReading.NoEvent ? notes : notes.With(classNumber);
        return (before.Magenta.Classes.With(classNumber).HighestCount == 1, notes.LowestCount == 1);
    }
}
