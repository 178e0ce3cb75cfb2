using RLTuner.Music;
using RLTuner.Music.Analysis;

namespace RLTuner.Rules.Musical;

/// <summary>At the last planned step, rewards notes of different lengths, up to a variety that tunes have.</summary>
/// <param name="reward">Paid for the full variety; less of it earns a part.</param>
/// <param name="enough">The entropy of the lengths that is full variety, in bits.</param>
/// <param name="leastNotes">With fewer notes nothing is paid.</param>
public sealed class VaryLengths(double reward = 1.6, double enough = 1.3, int leastNotes = 5) : IRule
{
    /// <inheritdoc/>
    public string Name => MusicalNames.Lengths;

    /// <inheritdoc/>
    public double Score(MelodySoFar before, MelodyEvent next) =>
        before.Count == before.PlannedLength - 1 && Notes(before, next) >= leastNotes ? reward * Math.Min(1, Entropy(before, next) / enough) : 0;

    /// <inheritdoc/>
    public string Explain(MelodySoFar before, MelodyEvent next) =>
        Score(before, next) == 0 ? "" : $"The notes' lengths vary ({FormattableString.Invariant($"{Entropy(before, next):0.0}")} bits).";

    private static int Notes(MelodySoFar before, MelodyEvent next) => before.Attacks.Count + (next.StartsNote ? 1 : 0);

    /// <summary>The entropy of the lengths from attack to attack, the last to the end.</summary>
    private static double Entropy(MelodySoFar before, MelodyEvent next)
    {
        Span<int> counts = stackalloc int[NotesSoFar.Longest + 1];
        before.Notes.Lengths.CopyTo(counts);
        counts[Math.Min(before.PlannedLength - before.Notes.Attacks[^1].Step - (next.StartsNote ? 1 : 0), NotesSoFar.Longest)]++;
        counts[1] += next.StartsNote ? 1 : 0;
        int notes = Notes(before, next);
        double sum = 0;
        foreach (int count in counts)
        {
            sum -= count > 0 ? count * Math.Log2((double)count / notes) : 0;
        }

        return sum / notes;
    }
}
