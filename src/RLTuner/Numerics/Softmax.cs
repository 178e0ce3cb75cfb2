using System.Numerics.Tensors;

namespace RLTuner.Numerics;

/// <summary>
/// Softmax and its relatives, in the stable form that subtracts the maximum first. Sums run in the order of the elements, so
/// results do not depend on where the values lie in memory. Vectors of logits, one entry a class. Checked on
/// logits far beyond what exp can take, and each form against the others.
/// </summary>
public static class Softmax
{
    /// <summary>log Σ exp(x).</summary>
    /// <param name="logits">At least one value.</param>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        float max = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - max);
        }

        return max + Math.Log(sum);
    }

    /// <summary>log p of one class: x[index] - log Σ exp(x).</summary>
    public static float LogProbability(ReadOnlySpan<float> logits, int index) => (float)(logits[index] - LogSumExp(logits));

    /// <summary>p = exp(x) / Σ exp(x).</summary>
    /// <param name="logits">At least one value.</param>
    /// <param name="probabilities">Receives as many values, which sum to 1; may be <paramref name="logits"/> itself.</param>
    public static void Probabilities(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float sum = Exponentials(logits, probabilities);
        TensorPrimitives.Divide(probabilities[..logits.Length], sum, probabilities);
    }

    /// <summary>Draws a class from softmax(x).</summary>
    /// <param name="logits">At least one value.</param>
    /// <param name="random">One number is drawn.</param>
    /// <param name="scratch">Overwritten; as long as <paramref name="logits"/>.</param>
    public static int Sample(ReadOnlySpan<float> logits, RandomSource random, Span<float> scratch)
    {
        float sum = Exponentials(logits, scratch);
        return Draw(scratch[..logits.Length], sum, random);
    }

    /// <summary>Draws a class.</summary>
    /// <param name="weights">How likely each is, 0 or more, as a share of <paramref name="sum"/>.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="random">One number is drawn.</param>
    internal static int Draw(ReadOnlySpan<float> weights, float sum, RandomSource random)
    {
        double left = random.NextDouble() * sum;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                left -= weights[i];
                if (left < 0)
                {
                    return i;
                }
            }
        }

        return last;
    }

    private static float Exponentials(ReadOnlySpan<float> logits, Span<float> exponentials)
    {
        exponentials = exponentials[..logits.Length];
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), exponentials);
        TensorPrimitives.Exp(exponentials, exponentials);
        float sum = 0;
        foreach (float value in exponentials)
        {
            sum += value;
        }

        return sum;
    }
}
