using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>What returns is paid for one bar in four, so that going on returning does not pay.</summary>
internal static class OneBarInFour
{
    /// <summary>Whether a melody may be paid once more.</summary>
    /// <param name="melody">The melody so far, which says how long it is to be.</param>
    /// <param name="paid">Bars that returned before.</param>
    public static bool IsLeft(MelodySoFar melody, int paid) => 4 * paid * melody.StepsPerBar < melody.PlannedLength;
}
