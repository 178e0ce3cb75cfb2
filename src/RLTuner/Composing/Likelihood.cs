using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>How likely a policy finds events that somebody else played.</summary>
public static class Likelihood
{
    private const int BatchLimit = 128;

    /// <summary>log p of each event of each composition in nats, given its primer and the events before it.</summary>
    /// <param name="policy">The policy that judges.</param>
    /// <param name="compositions">What was played; pitches within the policy's encoding.</param>
    public static IReadOnlyList<float[]> LogProbabilities(IPolicy policy, IReadOnlyList<Composition> compositions)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(compositions);
        List<float[]> all = new(compositions.Count);
        for (int first = 0; first < compositions.Count; first += BatchLimit)
        {
            all.AddRange(OfBatch(policy, [.. compositions.Skip(first).Take(BatchLimit)]));
        }

        return all;
    }

    private static float[][] OfBatch(IPolicy policy, Composition[] batch)
    {
        MelodyEncoding encoding = policy.Encoding;
        int classes = encoding.ClassCount;
        int[][] heard = [.. batch.Select(composition => (int[])[.. composition.Primer, .. composition.Melody.ToClasses(encoding)])];
        float[][] results = [.. batch.Select(composition => new float[composition.Melody.Events.Length])];
        int[] feed = new int[batch.Length], positions = new int[batch.Length];
        float[] logits = new float[batch.Length * classes];
        IPolicyRun run = policy.Begin(batch.Length);
        int steps = heard.Max(row => row.Length) - 1;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < batch.Length; row++)
            {
                feed[row] = heard[row][Math.Min(step, heard[row].Length - 1)];
                positions[row] = step + 1 - batch[row].Primer.Length;
            }

            run.Read(feed, logits, positions);
            for (int row = 0; row < batch.Length; row++)
            {
                int index = step + 1 - batch[row].Primer.Length;
                if (index >= 0 && index < results[row].Length)
                {
                    results[row][index] = Softmax.LogProbability(logits.AsSpan(row * classes, classes), heard[row][step + 1]);
                }
            }
        }

        return results;
    }
}
