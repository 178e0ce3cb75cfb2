using System.Runtime.InteropServices;
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
        writer.Section("tuned", section => NetSections.Write(weights, section));
        writer.Section("tuned.gradient", section => NetSections.Write(Gradient, section));
        writer.Section("tuned.adam.mean", section => section.Write(MemoryMarshal.AsBytes(_adam.Mean)));
        writer.Section("tuned.adam.variance", section => section.Write(MemoryMarshal.AsBytes(_adam.Variance)));
        writer.Section("tuned.adam.steps", section => section.Write(_adam.Steps));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(StateReader reader)
    {
        NoteRnnWeights mean = new(weights.Shape), variance = new(weights.Shape);
        reader.Section("tuned", section => NetSections.Read(weights.Shape, section).Values.CopyTo(weights.Values, 0));
        reader.Section("tuned.gradient", section => Gradient = NetSections.Read(weights.Shape, section));
        reader.Section("tuned.adam.mean", section => mean = NetSections.Read(weights.Shape, section));
        reader.Section("tuned.adam.variance", section => variance = NetSections.Read(weights.Shape, section));
        reader.Section("tuned.adam.steps", section => _adam.Restore(mean.Values, variance.Values, section.ReadInt64()));
    }
}
