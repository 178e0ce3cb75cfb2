using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>
/// At the last planned step, rewards motions in the proportions of tunes: mostly seconds, then thirds, some unisons and fourths and
/// fifths, hardly anything wider.
/// </summary>
/// <param name="reward">Paid where the proportions are those of tunes; nothing where half of the motions would have to be others.</param>
/// <param name="enough">Motions from which on the reward is whole.</param>
public sealed class MoveLikeTunes(double reward = 3, int enough = 6) : IRule
{
    private const double Worst = .5;

    /// <summary>The shares of unisons, seconds, thirds, fourths to fifths, and wider motions.</summary>
    private static readonly double[] OfTunes = [.12, .48, .25, .12, .03];

    /// <inheritdoc/>
    public string Name => MusicalNames.Motion;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next)
    {
        int motions = before.Attacks.Count - (next.StartsNote ? 0 : 1);
        if (before.Count != before.PlannedLength - 1 || motions < 1)
        {
            return 0;
        }

        Span<int> counts = stackalloc int[OfTunes.Length];
        for (int size = 0; size <= NotesSoFar.Widest; size++)
        {
            counts[KindOf(size)] += before.Notes.Motions[size];
        }

        counts[next.StartsNote ? KindOf((next.Pitch - before.Attacks.Latest).Size) : 0] += next.StartsNote ? 1 : 0;
        double distance = 0;
        for (int kind = 0; kind < counts.Length; kind++)
        {
            distance += Math.Abs(((double)counts[kind] / motions) - OfTunes[kind]) / 2;
        }

        return reward * Math.Max(0, 1 - (distance / Worst)) * Math.Min(1, (double)motions / enough);
    }

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : "Seconds, thirds and wider motions are mixed nearly as in tunes.";

    private static int KindOf(int semitones) => semitones switch { 0 => 0, <= 2 => 1, <= 4 => 2, <= 7 => 3, _ => 4 };
}
