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
        NetSections.Save(name, writer, Weights.ToPlain(), Gradient.ToPlain(), mean, variance, _adam.Steps);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(string name, StateReader reader)
    {
        (NoteRnnWeights net, NoteRnnWeights gradient, NoteRnnWeights mean, NoteRnnWeights variance, long steps) =
            NetSections.Restore(name, Weights.Layout.Shape, reader);
        Weights.Pack(net);
        Gradient.Pack(gradient);
        _adam.Restore(new PackedWeights(Weights.Layout, mean).Values.Span, new PackedWeights(Weights.Layout, variance).Values.Span, steps);
    }
}

/// <summary>Weights in a state: all values in the order of <see cref="NoteRnnWeights.Values"/>.</summary>
internal static class NetSections
{
    /// <summary>Writes a net that learns: its weights, its last gradient, and what Adam knows.</summary>
    public static void Save(
        string name, StateWriter writer, NoteRnnWeights net, NoteRnnWeights gradient, NoteRnnWeights mean, NoteRnnWeights variance, long steps)
    {
        writer.Section(name, section => Write(net, section));
        writer.Section(name + ".gradient", section => Write(gradient, section));
        writer.Section(name + ".adam.mean", section => Write(mean, section));
        writer.Section(name + ".adam.variance", section => Write(variance, section));
        writer.Section(name + ".adam.steps", section => section.Write(steps));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static (NoteRnnWeights Net, NoteRnnWeights Gradient, NoteRnnWeights Mean, NoteRnnWeights Variance, long Steps) Restore(
        string name, NoteRnnShape shape, StateReader reader)
    {
        NoteRnnWeights[] parts = new NoteRnnWeights[4];
        long steps = 0;
        foreach ((int part, string ending) in new[] { "", ".gradient", ".adam.mean", ".adam.variance" }.Index())
        {
            reader.Section(name + ending, section => parts[part] = Read(shape, section));
        }

        reader.Section(name + ".adam.steps", section => steps = section.ReadInt64());
        return (parts[0], parts[1], parts[2], parts[3], steps);
    }

    public static void Write(NoteRnnWeights weights, BinaryWriter section) => section.Write(MemoryMarshal.AsBytes(weights.Values.AsSpan()));

    public static NoteRnnWeights Read(NoteRnnShape shape, BinaryReader section)
    {
        NoteRnnWeights weights = new(shape);
        section.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.Values.AsSpan()));
        return weights;
    }
}
