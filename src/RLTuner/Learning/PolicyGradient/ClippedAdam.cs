using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.Learning.PolicyGradient;

/// <summary>Adam on a gradient in parts, which is shortened as a whole where it is too long (Pascanu et al. 2013).</summary>
/// <param name="weights">Learns in place.</param>
/// <param name="learningRate">Adam's step size.</param>
/// <param name="clipNorm">The largest norm of the gradient.</param>
internal sealed class ClippedAdam(NoteRnnWeights weights, float learningRate, float clipNorm)
{
    private const string Name = "tuned";

    /// <summary>Rewards change with the net that earns them, so older gradients are forgotten ten times sooner than Adam's own .999.</summary>
    private const float Beta2 = 0.99f;

    private readonly Adam _adam = new(weights.Values.Length, Beta2);

    /// <summary>The last gradient, before clipping.</summary>
    public NoteRnnWeights Gradient { get; private set; } = new(weights.Shape);

    /// <summary>Updates the weights.</summary>
    /// <param name="parts">They sum to the gradient, in this order.</param>
    /// <returns>The gradient's norm before clipping.</returns>
    public double Descend(ReadOnlySpan<Rollout> parts)
    {
        Span<float> gradient = Gradient.Values;
        gradient.Clear();
        foreach (Rollout part in parts)
        {
            VectorMath.AddTo(part.Gradient.Values, gradient);
        }

        double norm = Math.Sqrt(VectorMath.SumOfSquares(gradient));
        _adam.NextStep();
        _adam.Update(weights.Values, gradient, offset: 0, norm > clipNorm ? (float)(clipNorm / norm) : 1, learningRate);
        return norm;
    }

    /// <summary>Writes the weights, the last gradient and what Adam knows.</summary>
    public void Save(StateWriter writer)
    {
        NoteRnnWeights mean = new(weights.Shape), variance = new(weights.Shape);
        _adam.Mean.CopyTo(mean.Values);
        _adam.Variance.CopyTo(variance.Values);
        NetSections.Save(Name, writer, weights, Gradient, mean, variance, _adam.Steps);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(StateReader reader)
    {
        (NoteRnnWeights net, Gradient, NoteRnnWeights mean, NoteRnnWeights variance, long steps) = NetSections.Restore(Name, weights.Shape, reader);
        net.Values.CopyTo(weights.Values, 0);
        _adam.Restore(mean.Values, variance.Values, steps);
    }
}
