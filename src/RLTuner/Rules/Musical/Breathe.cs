using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Penalises what leaves no music and what leaves no breath: three quarters of a bar without a new note, silence for more than half
/// of a bar, and a bar with attacks on more than five of eight steps.
/// </summary>
/// <param name="lateness">Paid at each step from three quarters of a bar without attack on.</param>
/// <param name="silence">Paid at each silent step of a bar beyond half of it.</param>
/// <param name="crowding">Paid at each attack of a bar beyond five eighths of its steps.</param>
public sealed class Breathe(double lateness = -.5, double silence = -.5, double crowding = -.5) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Breath;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        BarForm bar = before.Bars.After(next);
        return (IsLate(before, next) ? lateness : 0) + (IsSilent(before, bar) ? silence : 0) + (IsCrowded(before, next, bar) ? crowding : 0);
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next)
    {
        BarForm bar = before.Bars.After(next);
        return IsCrowded(before, next, bar) ? $"The bar has {bar.Attacks} notes already: no room to breathe."
            : IsSilent(before, bar) ? "Silence fills more than half of the bar."
            : IsLate(before, next) ? "Three quarters of a bar have passed without a new note."
            : "";
    }

    private static bool IsLate(MelodySoFar before, MelodyEvent next) =>
        !next.StartsNote && 4 * (before.Attacks.StepsWithoutAttack + 1) >= 3 * before.StepsPerBar;

    private static bool IsSilent(MelodySoFar before, in BarForm bar) => !bar.IsSounding && 2 * bar.SilentSteps > before.StepsPerBar;

    private static bool IsCrowded(MelodySoFar before, MelodyEvent next, in BarForm bar) =>
        next.StartsNote && 8 * bar.Attacks > 5 * before.StepsPerBar;
}
