using System.Collections.Immutable;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Checkpoints;

namespace RLTuner.TensorFlow.Nets;

/// <summary>The tensors of a checkpoint that make up a Note RNN.</summary>
/// <param name="Scope">What their names begin with, such as <c>q_network/rnn_model/</c>; may be empty.</param>
/// <param name="Layers">The LSTM layers, the lowest first.</param>
/// <param name="Output">The output layer.</param>
/// <param name="MatchedByShape">Whether the names were unknown and only the shapes tell.</param>
public sealed record NoteRnnTensors(string Scope, ImmutableArray<LayerTensors> Layers, LayerTensors Output, bool MatchedByShape)
{
    private const int FewestClasses = 3;
    private const int LargestSize = 1 << 20;

    /// <summary>The net's sizes.</summary>
    public NoteRnnShape Shape => new((int)Output.Kernel.Shape[1], [.. Layers.Select(layer => (int)(layer.Kernel.Shape[1] / 4))]);

    /// <summary>All tensors in the order of <see cref="NoteRnnWeights.Variables"/>.</summary>
    public IEnumerable<CheckpointTensor> All => Layers.Append(Output).SelectMany(layer => new[] { layer.Kernel, layer.Bias });

    /// <summary>Reads the weights.</summary>
    /// <exception cref="CheckpointFormatException">The data are damaged or missing, or hold values that are not finite.</exception>
    public NoteRnnWeights Read()
    {
        // Read before allocating: a stated shape is not to be believed until its values are there.
        List<(CheckpointTensor Tensor, float[] Values)> read = [.. All.Select(tensor => (tensor, tensor.ReadFloats()))];
        NoteRnnWeights weights = new(Shape);
        for (int i = 0; i < read.Count; i++)
        {
            (CheckpointTensor tensor, float[] values) = read[i];
            int bad = Array.FindIndex(values, value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw new CheckpointFormatException(tensor.Where, $"expected finite weights, found {values[bad]} at {bad}. "
                    + "Take an earlier checkpoint");
            }

            values.CopyTo(weights.Values, weights.Variables[i].Offset);
        }

        return weights;
    }

    /// <summary>What keeps these tensors from being a Note RNN; null if nothing does.</summary>
    internal CheckpointFormatException? Inconsistency()
    {
        if (All.FirstOrDefault(tensor => tensor.Type != TensorType.Float32) is CheckpointTensor other)
        {
            return new CheckpointFormatException(other.Where, $"expected float32 weights, found {other.Type}");
        }

        if (Output.Kernel.Shape is not [>= 1 and <= LargestSize, >= FewestClasses and <= LargestSize])
        {
            return Wrong(Output.Kernel, $"[units, classes] with at least {FewestClasses} classes");
        }

        long classes = Output.Kernel.Shape[1];
        long input = classes;
        string inputName = "classes";
        foreach (LayerTensors layer in Layers)
        {
            if (layer.Kernel.Shape is not [_, >= 4 and <= LargestSize] || layer.Kernel.Shape[1] % 4 != 0)
            {
                return Wrong(layer.Kernel, "[input + units, 4 x units]");
            }

            long units = layer.Kernel.Shape[1] / 4;
            if (layer.Kernel.Shape[0] != input + units)
            {
                return Wrong(layer.Kernel, $"[{input + units}, {4 * units}] ({input} {inputName} + {units} units, 4 x {units}); "
                    + "nets with lookback or attention inputs can't be used");
            }

            if (layer.Bias.Shape is not [long size] || size != 4 * units)
            {
                return Wrong(layer.Bias, $"[{4 * units}]");
            }

            input = units;
            inputName = "units below";
        }

        return Output.Kernel.Shape[0] != input ? Wrong(Output.Kernel, $"[{input}, {classes}] ({input} units of the highest layer)")
            : Output.Bias.Shape is not [long outputs] || outputs != classes ? Wrong(Output.Bias, $"[{classes}]")
            : null;
    }

    private static CheckpointFormatException Wrong(CheckpointTensor tensor, string expected) =>
        new(tensor.Where, $"expected shape {expected}, found {TensorShapes.Text(tensor.Shape)}");
}
