namespace RLTuner.Numerics;

/// <summary>-log p of what came, where p is the softmax of logits. Checked against finite differences as part of training.</summary>
public static class CrossEntropy
{
    /// <summary>The loss of one row of logits, whose place its gradient by each logit takes: p - 1 for what came, p else.</summary>
    /// <param name="logits">[classes]; the gradient when done.</param>
    /// <param name="target">What came.</param>
    /// <param name="best">The most probable class, the lowest of equals.</param>
    /// <returns>-log p of the target, in nats.</returns>
    public static double Differentiate(Span<float> logits, int target, out int best)
    {
        best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(logits);
        float behind = logits[best] - logits[target];
        Softmax.Probabilities(logits, logits);

        // By way of the most probable class: p itself may have vanished.
        double nats = behind - Math.Log(logits[best]);
        logits[target] -= 1;
        return nats;
    }
}
