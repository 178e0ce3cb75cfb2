using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Magenta;

/// <summary>
/// The original's tonic rule: +3 for class 14 at the first and the fourth step from the end, then for "no event" at the third
/// from the end, and for either of classes 0 and 1 after that.
/// </summary>
public sealed class MagentaTonic : IRule
{
    private const double Reward = 3;

    /// <inheritdoc/>
    public string Name => RuleNames.Tonic;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int classNumber = before.Encoding.ClassOf(next);
        int stepsLeft = before.PlannedLength - before.Count;
        bool kept = before.Count == 0 || stepsLeft == 4 ? classNumber == MagentaReading.Tonic
            : stepsLeft == 3 ? classNumber == MagentaReading.NoEvent
            : stepsLeft < 3 && classNumber is MagentaReading.NoteOff or MagentaReading.NoEvent;
        return kept ? Reward : 0;
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? ""
        : before.Count == 0 ? $"The melody starts on the tonic, {next}."
        : $"The melody ends as planned, with {MagentaNames.NameOf(before.Encoding.ClassOf(next), before.Encoding)}.";
}
