using System.Runtime.InteropServices;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;

namespace RLTuner.Learning;

/// <summary>
/// A net with its gradient and its optimiser, and the net that follows it, in packed form. Each variable's gradient is shortened to the
/// clip norm, then Adam moves the weights and the follower a share of the way after them. Shares touch their own units only.
/// </summary>
internal sealed class TrainedNet
{
    private readonly PackedWeights? _follower;
    private readonly float _followRate, _learningRate, _clipNorm;
    private readonly Adam _adam;
    private readonly double[][] _squares = new double[PackedLayout.Shares][];

    /// <summary>Starts an optimiser.</summary>
    /// <param name="weights">Learns in place.</param>
    /// <param name="follower">Follows in place; null for none.</param>
    /// <param name="followRate">Share of the way that the follower goes at each update, 0 to 1.</param>
    /// <param name="learningRate">Adam's step size.</param>
    /// <param name="clipNorm">The largest norm of a variable's gradient.</param>
    public TrainedNet(PackedWeights weights, PackedWeights? follower, float followRate, float learningRate, float clipNorm)
    {
        Weights = weights;
        _follower = follower;
        (_followRate, _learningRate, _clipNorm) = (followRate, learningRate, clipNorm);
        _adam = new Adam(weights.Layout.Length);
        Gradient = new PackedWeights(weights.Layout);
        int variables = (2 * weights.Layout.Shape.LayerSizes.Length) + 2;
        for (int share = 0; share < PackedLayout.Shares; share++)
        {
            _squares[share] = new double[variables];
        }
    }

    /// <summary>The net.</summary>
    public PackedWeights Weights { get; }

    /// <summary>Its gradient, before clipping.</summary>
    public PackedWeights Gradient { get; }

    /// <summary>Sums the squares of a share's gradient, when that is there.</summary>
    public void Measure(int share)
    {
        double[] squares = _squares[share];
        foreach (PackedLayout.Block block in Weights.Layout.Blocks(share))
        {
            squares[block.Variable] = VectorMath.SumOfSquares(Gradient[block]);
        }
    }

    /// <summary>Starts an update, when both shares are measured.</summary>
    public void NextStep() => _adam.NextStep();

    /// <summary>Updates a share.</summary>
    public void Descend(int share)
    {
        foreach (PackedLayout.Block block in Weights.Layout.Blocks(share))
        {
            float norm = (float)Math.Sqrt(_squares[0][block.Variable] + _squares[1][block.Variable]);
            float scale = norm > _clipNorm ? _clipNorm / norm : 1;
            Span<float> follower = _follower is null ? default : _follower[block];
            _adam.Update(Weights[block], Gradient[block], block.Offset, scale, _learningRate, follower, _followRate);
        }
    }

    /// <summary>Writes the net, its last gradient and what the optimiser knows, in plain form.</summary>
    public void Save(string name, StateWriter writer)
    {
        NoteRnnShape shape = Weights.Layout.Shape;
        NoteRnnWeights mean = new(shape), variance = new(shape);
        Weights.Layout.Unpack(_adam.Mean, mean.Values);
        Weights.Layout.Unpack(_adam.Variance, variance.Values);
        writer.Section(name, section => NetSections.Write(Weights.ToPlain(), section));
        writer.Section(name + ".gradient", section => NetSections.Write(Gradient.ToPlain(), section));
        writer.Section(name + ".adam.mean", section => NetSections.Write(mean, section));
        writer.Section(name + ".adam.variance", section => NetSections.Write(variance, section));
        writer.Section(name + ".adam.steps", section => section.Write(_adam.Steps));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(string name, StateReader reader)
    {
        NoteRnnShape shape = Weights.Layout.Shape;
        PackedWeights mean = new(Weights.Layout), variance = new(Weights.Layout);
        reader.Section(name, section => Weights.Pack(NetSections.Read(shape, section)));
        reader.Section(name + ".gradient", section => Gradient.Pack(NetSections.Read(shape, section)));
        reader.Section(name + ".adam.mean", section => mean.Pack(NetSections.Read(shape, section)));
        reader.Section(name + ".adam.variance", section => variance.Pack(NetSections.Read(shape, section)));
        reader.Section(name + ".adam.steps", section => _adam.Restore(mean.Values.Span, variance.Values.Span, section.ReadInt64()));
    }
}

/// <summary>Weights in a state: all values in the order of <see cref="NoteRnnWeights.Values"/>.</summary>
internal static class NetSections
{
    public static void Write(NoteRnnWeights weights, BinaryWriter section) => section.Write(MemoryMarshal.AsBytes(weights.Values.AsSpan()));

    public static NoteRnnWeights Read(NoteRnnShape shape, BinaryReader section)
    {
        NoteRnnWeights weights = new(shape);
        section.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.Values.AsSpan()));
        return weights;
    }
}
