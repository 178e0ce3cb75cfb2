using System.Globalization;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>
/// Beam search, as in Magenta's generators: several melodies grow side by side, each is continued in several ways that are drawn, and of all of them those
/// that are likeliest as a whole go on.
/// </summary>
/// <param name="Size">How many melodies go on from one iteration to the next, at least 1.</param>
/// <param name="BranchFactor">In how many ways each is continued, at least 1.</param>
/// <param name="StepsPerIteration">Events by which each is continued before the likeliest are chosen, at least 1; the first iteration takes what is over.</param>
public sealed record Beam(int Size = 1, int BranchFactor = 1, int StepsPerIteration = 1)
{
    /// <summary>The most melodies that are read side by side: <see cref="Size"/> times <see cref="BranchFactor"/>.</summary>
    public const int MaxBranches = 16384;

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentException">One lies outside its range; the message names it.</exception>
    public Beam Validated()
    {
        Check("beam-size", Size);
        Check("branch-factor", BranchFactor);
        Check("steps-per-iteration", StepsPerIteration);
        return (long)Size * BranchFactor <= MaxBranches
            ? this
            : throw new ArgumentException($"beam-size: expected at most {MaxBranches} with branch-factor multiplied, found {(long)Size * BranchFactor}");
    }

    /// <summary>Finds a likely melody.</summary>
    /// <param name="policy">Says how likely events are.</param>
    /// <param name="heard">All that the policy reads before the first event that it is asked for, at least one.</param>
    /// <param name="given">The melody's events that are given, the last of what is heard.</param>
    /// <param name="length">Events, at least 1.</param>
    /// <param name="sampling">How continuations are drawn; its temperature also counts in how likely they are, top-k and top-p do not.</param>
    /// <param name="random">Draws continuations.</param>
    /// <returns>[length] class numbers.</returns>
    internal int[] Search(IPolicy policy, ReadOnlySpan<int> heard, int given, int length, Sampling sampling, RandomSource random)
    {
        int classes = policy.Encoding.ClassCount;
        IPolicyRun run = policy.Begin(1, [length]);
        float[] logits = new float[classes];
        for (int i = 0; i < heard.Length; i++)
        {
            run.Read([heard[i]], logits, [i + 1 - heard.Length + given]);
        }

        int[] begun = [.. heard[^given..], .. new int[length - given]];
        if (given == length)
        {
            return begun;
        }

        Branch[] kept = [.. Enumerable.Repeat(new Branch(0, begun, 0), Size)];
        int steps = ((length - given - 1) % StepsPerIteration) + 1;
        for (int played = given; ; played += steps, steps = StepsPerIteration)
        {
            Branch[] grown = [.. kept.SelectMany(branch => Enumerable.Repeat(branch, BranchFactor)).Select((branch, row) => branch.From(row))];
            int[] rows = [.. kept.SelectMany(branch => Enumerable.Repeat(branch.Row, BranchFactor))];
            run = run.Fork(rows);
            logits = [.. rows.SelectMany(row => logits.AsSpan(row * classes, classes).ToArray())];
            Grow(grown, run, logits, played, steps, length, sampling, random);
            kept = Likeliest(grown);
            if (played + steps >= length)
            {
                return kept[0].Events;
            }
        }
    }

    private static void Grow(Branch[] branches, IPolicyRun run, float[] logits, int played, int steps, int length, Sampling sampling, RandomSource random)
    {
        int classes = logits.Length / branches.Length;
        float[] expected = new float[classes], scratch = new float[classes];
        int[] feed = new int[branches.Length], positions = new int[branches.Length];
        for (int step = played; step < played + steps; step++)
        {
            for (int row = 0; row < branches.Length; row++)
            {
                ReadOnlySpan<float> next = logits.AsSpan(row * classes, classes);
                next.CopyTo(expected);
                feed[row] = sampling.Choose(expected, random, scratch);
                System.Numerics.Tensors.TensorPrimitives.Divide(next, (float)sampling.Temperature, expected);
                branches[row].Events[step] = feed[row];
                branches[row].LogProbability += Softmax.LogProbability(expected, feed[row]);
                positions[row] = step + 1;
            }

            if (step + 1 < length)
            {
                run.Read(feed, logits, positions);
            }
        }
    }

    /// <summary>The likeliest, as many as go on. Equal melodies would crowd out others: of each one goes first, then a second of each.</summary>
    private Branch[] Likeliest(Branch[] grown)
    {
        Dictionary<string, int> copies = [];
        return [.. grown.OrderByDescending(branch => branch.LogProbability).OrderBy(Copy).Take(Size)];

        int Copy(Branch branch)
        {
            string events = string.Join(' ', branch.Events.Select(number => number.ToString(CultureInfo.InvariantCulture)));
            return copies[events] = copies.GetValueOrDefault(events) + 1;
        }
    }

    private static void Check(string name, int value)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name}: expected at least 1, found {value}");
        }
    }

    /// <summary>A melody as far as it has grown, and its row in the run that read it.</summary>
    private sealed class Branch(int row, int[] events, double logProbability)
    {
        public int Row { get; } = row;

        public int[] Events { get; } = events;

        public double LogProbability { get; set; } = logProbability;

        public Branch From(int row) => new(row, [.. Events], LogProbability);
    }
}
