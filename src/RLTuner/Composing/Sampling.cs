using System.Numerics.Tensors;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>How an event is chosen from what a policy expects: the temperature comes first, then top-k, then top-p among what that left.</summary>
public sealed record Sampling
{
    /// <summary>Divides the logits: below 1 safer, above 1 wilder; more than 0, 1 by default.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only that many of the likeliest events are drawn from, at least 1; all by default. Of equally likely ones the lower class counts more.</summary>
    public int? TopK { get; init; }

    /// <summary>
    /// Only the likeliest events are drawn from that together have this probability, above 0; 1, all of them, by default. (Nucleus sampling: Holtzman et al.
    /// 2020, "The Curious Case of Neural Text Degeneration".)
    /// </summary>
    public double TopP { get; init; } = 1;

    /// <summary>Whether the likeliest event is taken always, and nothing is left to chance.</summary>
    public bool MostProbable { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentException">One lies outside its range, or is given where nothing is left to chance; the message names it.</exception>
    public Sampling Validated()
    {
        Check(Temperature > 0 && double.IsFinite(Temperature), "temperature", "a number above 0", Temperature);
        Check(TopK is null or >= 1, "top-k", "at least 1", TopK);
        Check(TopP is > 0 and <= 1, "top-p", "above 0, at most 1", TopP);
        Check(!MostProbable || this == new Sampling { MostProbable = true }, "most-probable", "no temperature, top-k or top-p beside it", "one");
        return this;
    }

    /// <summary>Chooses an event.</summary>
    /// <param name="logits">[classes]: what the policy expects; overwritten by what was drawn from.</param>
    /// <param name="random">One number is drawn, unless the likeliest is taken.</param>
    /// <param name="scratch">Overwritten; as long as <paramref name="logits"/>.</param>
    internal int Choose(Span<float> logits, RandomSource random, Span<float> scratch)
    {
        if (MostProbable)
        {
            return TensorPrimitives.IndexOfMax<float>(logits);
        }

        Restrict(logits);
        return Softmax.Sample(logits, random, scratch);
    }

    /// <summary>Leaves the logits of what may be drawn, by the temperature; the others become negative infinity.</summary>
    internal void Restrict(Span<float> logits)
    {
        if (Temperature != 1)
        {
            TensorPrimitives.Divide(logits, (float)Temperature, logits);
        }

        if (TopK < logits.Length)
        {
            foreach (int dropped in LikeliestFirst(logits)[TopK.Value..])
            {
                logits[dropped] = float.NegativeInfinity;
            }
        }

        if (TopP < 1)
        {
            double all = Softmax.LogSumExp(logits), sum = 0;
            foreach (int index in LikeliestFirst(logits))
            {
                double probability = Math.Exp(logits[index] - all);
                if (sum >= TopP)
                {
                    logits[index] = float.NegativeInfinity;
                }

                sum += probability;
            }
        }
    }

    private static int[] LikeliestFirst(ReadOnlySpan<float> logits)
    {
        float[] values = logits.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(index => values[index])];
    }

    private static void Check(bool valid, string name, string expected, object? found)
    {
        if (!valid)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected {expected}, found {found}"));
        }
    }
}
