using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Inputs;

/// <summary>Rows of the lowest kernel, forward and back.</summary>
internal static class InputRows
{
    /// <summary>Adds the rows that are heard: sum += Σ factor · kernel[row].</summary>
    /// <param name="heard">The rows.</param>
    /// <param name="kernel">[inputs, columns].</param>
    /// <param name="sum">[columns].</param>
    public static void Add(ReadOnlySpan<InputRow> heard, ReadOnlySpan<float> kernel, Span<float> sum)
    {
        foreach (InputRow input in heard)
        {
            if (!input.IsNone)
            {
                VectorMath.AddTo(kernel.Slice(input.Row * sum.Length, sum.Length), input.Factor, sum);
            }
        }
    }

    /// <summary>The other way: gradient[row] += factor · by, for the rows that were heard.</summary>
    /// <param name="heard">The rows.</param>
    /// <param name="by">[columns]: the gradient of the sum.</param>
    /// <param name="gradient">[inputs, columns].</param>
    public static void AddGradient(ReadOnlySpan<InputRow> heard, ReadOnlySpan<float> by, Span<float> gradient)
    {
        foreach (InputRow input in heard)
        {
            if (!input.IsNone)
            {
                VectorMath.AddTo(by, input.Factor, gradient.Slice(input.Row * by.Length, by.Length));
            }
        }
    }
}
