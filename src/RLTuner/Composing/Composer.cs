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

/// <summary>Composes melodies by choosing each event from what a policy expects.</summary>
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
    /// <param name="sampling">How each event is chosen; by default as likely as the policy says.</param>
    /// <param name="beam">Searches for melodies that are likely as a whole; by default each event is chosen once and for all.</param>
    /// <exception cref="ArgumentException">A number lies outside its range; the message names it.</exception>
    public IReadOnlyList<Composition> Compose(int count, int length, ulong seed, Sampling? sampling = null, Beam? beam = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Sampling choosing = (sampling ?? new Sampling()).Validated();
        beam?.Validated();
        RandomSource[] random = [.. Enumerable.Range(0, count).Select(index => new RandomSource(seed, string.Create(CultureInfo.InvariantCulture, $"melody {index}")))];
        int[][] primers = [.. random.Select(stream => primer.Draw(stream).ToArray())];
        if (beam is not null)
        {
            return Searched(random, primers, length, choosing, beam);
        }

        Composition[] compositions = new Composition[count];
        Parallel.For(0, (count + BatchLimit - 1) / BatchLimit, new ParallelOptions { MaxDegreeOfParallelism = Threads }, index =>
        {
            Range batch = (index * BatchLimit)..Math.Min((index + 1) * BatchLimit, count);
            ComposeBatch(random[batch], primers[batch], length, choosing).CopyTo(compositions, index * BatchLimit);
        });
        return compositions;
    }

    private Composition[] Searched(RandomSource[] random, int[][] drawn, int length, Sampling sampling, Beam beam)
    {
        int given = primer.GivesFirst ? 1 : 0;
        Composition[] found = new Composition[random.Length];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads }, index =>
        {
            int[] before = drawn[index][..^given];
            int[] heard = [.. policy.Before(before, primer.GivesFirst), .. drawn[index][^given..]];
            int[] events = beam.Search(policy, heard, given, length, sampling, random[index]);
            found[index] = new Composition(Melody.FromClasses(events, policy.Encoding), before) { FirstIsGiven = primer.GivesFirst };
        });
        return found;
    }

    private Composition[] ComposeBatch(RandomSource[] random, int[][] drawn, int length, Sampling sampling)
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
                    events[row][index] = sampling.Choose(logits.AsSpan(row * classes, classes), random[row], scratch);
                }
            }
        }

        return [.. events.Select((row, index) => new Composition(Melody.FromClasses(row, encoding), primers[index]) { FirstIsGiven = primer.GivesFirst })];
    }
}
