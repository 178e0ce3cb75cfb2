using RLTuner.Music;

namespace RLTuner.Composing;

/// <summary>Two policies read melodies that are there already, and say before each event what they would have played.</summary>
internal static class Rereading
{
    private const int BatchLimit = 64;

    /// <summary>
    /// Called for each event of each melody, save a first one that was given. The events of one melody come in order; those of different melodies may come at once, on
    /// several threads.
    /// </summary>
    /// <param name="composition">Which melody, from 0.</param>
    /// <param name="step">Which of its events, from 0.</param>
    /// <param name="played">The event's class.</param>
    /// <param name="logits">What the first policy expected.</param>
    /// <param name="others">What the second one expected; empty where there is none.</param>
    public delegate void Visit(int composition, int step, int played, ReadOnlySpan<float> logits, ReadOnlySpan<float> others);

    /// <summary>Reads each melody after its primer.</summary>
    /// <param name="compositions">The melodies; pitches within the policies' encoding.</param>
    /// <param name="policy">The first policy.</param>
    /// <param name="other">The second, if there is one.</param>
    /// <param name="visit">Told of each event.</param>
    /// <param name="threads">How many threads read.</param>
    /// <exception cref="ArgumentException">The policies differ in their encodings.</exception>
    public static void Read(IReadOnlyList<Composition> compositions, IPolicy policy, IPolicy? other, Visit visit, int threads)
    {
        if (other is not null && (other.Encoding != policy.Encoding || other.KnowsBeginnings != policy.KnowsBeginnings))
        {
            throw new ArgumentException($"expected policies of one encoding that both know how melodies begin, or both do not, found {policy.Encoding} and {other.Encoding}", nameof(other));
        }

        int batches = (compositions.Count + BatchLimit - 1) / BatchLimit;
        Parallel.For(0, batches, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
        {
            int first = index * BatchLimit;
            ReadBatch(first, [.. compositions.Skip(first).Take(BatchLimit)], policy, other, visit);
        });
    }

    private static void ReadBatch(int first, Composition[] batch, IPolicy policy, IPolicy? other, Visit visit)
    {
        MelodyEncoding encoding = policy.Encoding;
        int classes = encoding.ClassCount;
        int[][] heard = [.. batch.Select(composition => (int[])[.. policy.Before(composition.Primer, composition.FirstIsGiven), .. composition.Melody.ToClasses(encoding)])];
        int[] lengths = [.. batch.Select(composition => composition.Melody.PlannedLength)];
        int[] given = [.. batch.Select(composition => composition.FirstIsGiven ? 1 : 0)];
        int[] feed = new int[batch.Length], positions = new int[batch.Length];
        float[] logits = new float[batch.Length * classes], others = other is null ? [] : new float[batch.Length * classes];
        IPolicyRun run = policy.Begin(batch.Length, lengths);
        IPolicyRun? otherRun = other?.Begin(batch.Length, lengths);
        int steps = heard.Max(row => row.Length) - 1;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < batch.Length; row++)
            {
                feed[row] = heard[row][Math.Min(step, heard[row].Length - 1)];
                positions[row] = step + 1 - heard[row].Length + batch[row].Melody.Events.Length;
            }

            run.Read(feed, logits, positions);
            otherRun?.Read(feed, others, positions);
            for (int row = 0; row < batch.Length; row++)
            {
                if (positions[row] >= given[row] && step + 1 < heard[row].Length)
                {
                    visit(
                        first + row,
                        positions[row],
                        heard[row][step + 1],
                        logits.AsSpan(row * classes, classes),
                        other is null ? [] : others.AsSpan(row * classes, classes));
                }
            }
        }
    }
}
