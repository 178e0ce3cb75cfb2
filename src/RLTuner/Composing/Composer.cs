using System.Globalization;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>A composed melody and what was heard before it.</summary>
/// <param name="Melody">The melody.</param>
/// <param name="Primer">Class numbers heard before it; the last of them is the event just before its first. Empty where a net began by itself, or by an event that was given.</param>
public sealed record Composition(Melody Melody, int[] Primer)
{
    /// <summary>Whether the melody's first event was given, and not drawn from the net: rules score it, but it has no log p, and the net is not asked for it.</summary>
    public bool FirstIsGiven { get; init; }

    /// <summary>The primer and the melody as one.</summary>
    /// <param name="encoding">What the primer's class numbers mean.</param>
    public Melody WithPrimer(MelodyEncoding encoding) => new([.. Melody.FromClasses(Primer, encoding).Events, .. Melody.Events]);
}

/// <summary>Composes melodies by drawing each event from a policy.</summary>
/// <param name="policy">Says how likely each next event is.</param>
/// <param name="primer">Says what is heard before each melody.</param>
public sealed class Composer(IPolicy policy, IPrimer primer)
{
    private const int BatchLimit = 64;

    /// <summary>How many threads compose, 1 or more; the melodies are the same.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Composes. Each melody has a random stream of its own, so the k-th melody of a seed is the same however many are asked for.
    /// </summary>
    /// <param name="count">How many melodies, 0 or more.</param>
    /// <param name="length">Events in each, at least 1.</param>
    /// <param name="seed">Start of the random streams.</param>
    /// <param name="temperature">Divides the logits: below 1 safer, above 1 wilder; more than 0.</param>
    public IReadOnlyList<Composition> Compose(int count, int length, ulong seed, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        RandomSource[] random = [.. Enumerable.Range(0, count).Select(index => new RandomSource(seed, string.Create(CultureInfo.InvariantCulture, $"melody {index}")))];
        int[][] primers = [.. random.Select(stream => primer.Draw(stream).ToArray())];
        Composition[] compositions = new Composition[count];
        Parallel.For(0, (count + BatchLimit - 1) / BatchLimit, new ParallelOptions { MaxDegreeOfParallelism = Threads }, index =>
        {
            Range batch = (index * BatchLimit)..Math.Min((index + 1) * BatchLimit, count);
            ComposeBatch(random[batch], primers[batch], length, (float)temperature).CopyTo(compositions, index * BatchLimit);
        });
        return compositions;
    }

    private Composition[] ComposeBatch(RandomSource[] random, int[][] drawn, int length, float temperature)
    {
        MelodyEncoding encoding = policy.Encoding;
        int batch = random.Length, classes = encoding.ClassCount, given = primer.GivesFirst ? 1 : 0;
        int[][] primers = [.. drawn.Select(row => row[..^given])];
        int[][] events = [.. drawn.Select(row => (int[])[.. row[^given..], .. new int[length - given]])];
        int[][] heard = [.. primers.Select(before => policy.Before(before, primer.GivesFirst))];
        int[] feed = new int[batch], positions = new int[batch];
        float[] logits = new float[batch * classes], scratch = new float[classes];
        IPolicyRun run = policy.Begin(batch, [.. Enumerable.Repeat(length, batch)]);

        // Melodies start together; one with a shorter primer begins, and ends, earlier.
        int steps = heard.Max(before => before.Length) + length - 1;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < batch; row++)
            {
                int played = step - heard[row].Length;
                feed[row] = played < 0 ? heard[row][step] : events[row][Math.Min(played, length - 1)];
                positions[row] = played + 1;
            }

            run.Read(feed, logits, positions);
            for (int row = 0; row < batch; row++)
            {
                int index = step - heard[row].Length + 1;
                if (index >= given && index < length)
                {
                    Span<float> scores = logits.AsSpan(row * classes, classes);
                    if (temperature != 1)
                    {
                        System.Numerics.Tensors.TensorPrimitives.Divide(scores, temperature, scores);
                    }

                    events[row][index] = Softmax.Sample(scores, random[row], scratch);
                }
            }
        }

        return [.. events.Select((row, index) => new Composition(Melody.FromClasses(row, encoding), primers[index]) { FirstIsGiven = primer.GivesFirst })];
    }
}
