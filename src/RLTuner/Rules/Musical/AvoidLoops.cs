using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Penalises running on the spot: a bar that is heard again at once, a half bar that is heard a third time in a row, or more than three
/// times in eight bars; a trill, or a pitch struck four times. Coming back to a bar after another is form, and free.
/// </summary>
/// <param name="bar">Paid at the end of each bar that copies the one before.</param>
/// <param name="halfBar">Paid at the end of each such half bar.</param>
/// <param name="stuck">Paid for an attack that makes a b a b or a a a a of the last four pitches.</param>
public sealed class AvoidLoops(double bar = -10, double halfBar = -2, double stuck = -.5) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Loop;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        (CopiesBar(before, next) ? bar : 0)
        + (RepeatsHalfBar(before, next) ? halfBar : 0)
        + (next.StartsNote && IsStuck(before.Notes.Attacks, next.Pitch) ? stuck : 0);

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        CopiesBar(before, next) ? "The bar only copies the one before."
        : RepeatsHalfBar(before, next) ? "The same half bar comes again and again."
        : next.StartsNote && IsStuck(before.Notes.Attacks, next.Pitch) ? $"The melody is stuck on {before.Attacks.Latest}{(before.Attacks.Latest == next.Pitch ? "" : $" and {next.Pitch}")}."
        : "";

    private static bool CopiesBar(MelodySoFar before, MelodyEvent next) =>
        before.Bar.StepInBar == before.StepsPerBar - 1 && before.Bars.After(next).HalfBarsABarApart >= 2;

    private static bool RepeatsHalfBar(MelodySoFar before, MelodyEvent next)
    {
        int step = before.Bar.StepInBar + 1;
        return (step == before.StepsPerBar || step == before.Bars.StepsOfHalf)
            && before.Bars.After(next) is BarForm bar && (bar.HalfBarsInARow >= 2 || bar.HalfBarsAlike >= MostAlike(before));
    }

    /// <summary>A longer form has more room to come back.</summary>
    private static int MostAlike(MelodySoFar melody) => Math.Max(3, 3 * melody.PlannedLength / (8 * melody.StepsPerBar));

    private static bool IsStuck(ReadOnlySpan<Attack> notes, Pitch next) =>
        notes.Length > 2 && notes[^2].Pitch == next && notes[^3].Pitch == notes[^1].Pitch;
}
