using System.Runtime.InteropServices;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Checkpoints;

namespace RLTuner.TensorFlow.Nets;

/// <summary>A net's tensors under the names of Magenta's <c>basic_rnn</c> since TensorFlow 1.2, by which its programs and Magenta.js look for them.</summary>
internal static class BasicRnnTensors
{
    /// <summary>The tensors, in the order of <see cref="NoteRnnWeights.Variables"/>; they share the weights' memory.</summary>
    public static IEnumerable<SavedTensorData> Of(NoteRnnWeights weights)
    {
        int layers = weights.Shape.LayerSizes.Length;
        foreach ((int index, NoteRnnWeights.Variable variable) in weights.Variables.Index())
        {
            (int layer, bool kernel) = (index / 2, variable.IsKernel);
            string name = layer < layers
                ? FormattableString.Invariant($"rnn/multi_rnn_cell/cell_{layer}/basic_lstm_cell/{(kernel ? "kernel" : "bias")}")
                : $"fully_connected/{(kernel ? "weights" : "biases")}";
            byte[] bytes = MemoryMarshal.AsBytes(weights.Values.AsSpan(variable.Offset, variable.Length)).ToArray();
            yield return new SavedTensorData(name, TensorType.Float32, kernel ? [variable.Rows, variable.Columns] : [variable.Columns], bytes);
        }
    }
}
