namespace RLTuner.Numerics;

/// <summary>How far one softmax is from another, and how undecided it is; in nats, in double precision. Vectors of logits, one
/// entry a class. Checked against hand-computed cases and properties.</summary>
public static class Divergence
{
    /// <summary>
    /// The Kullback-Leibler divergence D(p || q) = Σ p·log(p / q) and the entropy H(p) = -Σ p·log p, of p = softmax(logits) and
    /// q = softmax(others). D is 0 for equal logits and never negative; H lies between 0 and log of the number of classes.
    /// </summary>
    /// <param name="logits">At least one value.</param>
    /// <param name="others">As many.</param>
    public static (double Divergence, double Entropy) Of(ReadOnlySpan<float> logits, ReadOnlySpan<float> others)
    {
        double normaliser = Softmax.LogSumExp(logits), otherNormaliser = Softmax.LogSumExp(others);
        double divergence = 0, entropy = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double log = logits[i] - normaliser, p = Math.Exp(log);
            divergence += p * (log - (others[i] - otherNormaliser));
            entropy -= p * log;
        }

        // Rounding may leave either just below 0.
        return (Math.Max(0, divergence), Math.Max(0, entropy));
    }
}
