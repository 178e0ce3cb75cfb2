using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// Penalises what leaves no music or no breath: a note or silence longer than half a bar, silence for more than a quarter of a bar, and
/// a bar with attacks on more than five of eight steps.
/// </summary>
/// <param name="lateness">Paid at each step from half a bar without attack on.</param>
/// <param name="silence">Paid at each silent step of a bar beyond a quarter of it.</param>
/// <param name="crowding">Paid at each attack of a bar beyond five eighths of its steps.</param>
/// <param name="rest">Paid where a rest begins.</param>
public sealed class Breathe(double lateness = -.5, double silence = -.5, double crowding = -.5, double rest = -.5) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Breath;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        BarForm bar = before.Bars.After(next);
        return (!next.StartsNote && 2 * (before.Attacks.StepsWithoutAttack + 1) >= before.StepsPerBar ? lateness : 0)
            + (!bar.IsSounding && 4 * bar.SilentSteps > before.StepsPerBar ? silence : 0)
            + (next.StartsNote && 8 * bar.Attacks > 5 * before.StepsPerBar ? crowding : 0)
            + (next.IsNoteOff && before.Attacks.IsSounding ? rest : 0);
    }
}
