using System.Numerics.Tensors;

namespace RLTuner.Numerics;

/// <summary>
/// The loss of a policy q = softmax(x) that is paid for what it plays and held near another, p = softmax(y). With an advantage A that
/// counts as a constant: L = -A·log q(a) + β·C, where C = Σ q·c is the divergence D = Σ q·log(q / p) less α times the entropy of q,
/// c = (1 + α)·log q - log p, and dL/dx = A·(q - onehot(a)) + β·q·(c - C).
/// The first half is REINFORCE (Williams 1992); the second is the divergence itself, where others take a sample of it (Jaques et al. 2017), and the
/// bonus on entropy (Williams and Peng 1991). Vectors have one entry a class. Checked against finite differences in double precision.
/// </summary>
public static class PolicyLoss
{
    /// <summary>Compares two policies, and leaves in place of their logits what <see cref="Gradient"/> needs.</summary>
    /// <param name="logits">x in, q out.</param>
    /// <param name="others">y in, c out.</param>
    /// <param name="entropyWeight">α.</param>
    /// <returns>D, and the entropy of q; in nats.</returns>
    public static (float Divergence, float Entropy) Compare(Span<float> logits, Span<float> others, float entropyWeight = 0)
    {
        others = others[..logits.Length];
        Span<float> exponentials = logits.Length <= 256 ? stackalloc float[logits.Length] : new float[logits.Length];
        float log = LogSumExp(logits, exponentials), otherLog = LogSumExp(others, exponentials);
        TensorPrimitives.Subtract(logits, log, logits);
        TensorPrimitives.Subtract(others, otherLog, others);
        TensorPrimitives.Exp(logits, exponentials);
        float divergence = 0, entropy = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            float ratio = logits[i] - others[i];
            divergence += exponentials[i] * ratio;
            entropy -= exponentials[i] * logits[i];
            others[i] = ratio + (entropyWeight * logits[i]);
        }

        exponentials.CopyTo(logits);
        return (divergence, entropy);
    }

    /// <summary>dL/dx.</summary>
    /// <param name="probabilities">q.</param>
    /// <param name="costs">c.</param>
    /// <param name="cost">C = D - α·entropy.</param>
    /// <param name="action">a.</param>
    /// <param name="advantage">A.</param>
    /// <param name="weight">β.</param>
    /// <param name="gradient">Receives it; may be <paramref name="costs"/>.</param>
    public static void Gradient(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> costs, float cost, int action, float advantage, float weight, Span<float> gradient)
    {
        gradient = gradient[..probabilities.Length];
        TensorPrimitives.Subtract(costs, cost, gradient);
        TensorPrimitives.Multiply(gradient, weight, gradient);
        TensorPrimitives.Add(gradient, advantage, gradient);
        TensorPrimitives.Multiply(gradient, probabilities, gradient);
        gradient[action] -= advantage;
    }

    private static float LogSumExp(ReadOnlySpan<float> logits, Span<float> exponentials)
    {
        float max = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, max, exponentials);
        TensorPrimitives.Exp(exponentials, exponentials);
        float sum = 0;
        foreach (float value in exponentials)
        {
            sum += value;
        }

        return max + MathF.Log(sum);
    }
}
