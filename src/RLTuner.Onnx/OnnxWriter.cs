using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RLTuner.NoteRnn;
using RLTuner.Onnx.Protos;

namespace RLTuner.Onnx;

/// <summary>
/// A net as an ONNX model of one step: what is heard and the state before in, logits and the state after out, for any number of melodies. Opset 17, an
/// LSTM a layer.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8, OpsetVersion = 17;

    private const string Words =
        "A Note RNN of RLTuner, one step: feed what is heard and the state (zeros before the first event), take logits (unnormalised log-probabilities of the next event) "
        + "and the next state. Class 0 holds what sounds, class 1 ends it, class 2 and up start a note: pitch = class - 2 + lowest_pitch. A step is a sixteenth note. "
        + "Beginning 'learned': feed event -1 first, then logits say how likely each first event is.";

    public static ModelProto Model(NoteRnnModel net)
    {
        ModelProto model = new() { IrVersion = IrVersion, ProducerName = "RLTuner", DocString = Words, Graph = Graph(net.Weights) };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
        void Say(string key, string value) => model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        Say(OnnxNames.Format, OnnxNames.FormatName);
        Say(OnnxNames.Classes, net.Shape.Classes.ToString(CultureInfo.InvariantCulture));
        Say(OnnxNames.LowestPitch, net.Encoding.Lowest.MidiNumber.ToString(CultureInfo.InvariantCulture));
        Say(OnnxNames.Inputs, net.Shape.Inputs.ToString());
        Say(OnnxNames.Beginning, net.KnowsBeginnings ? OnnxNames.Learned : OnnxNames.FromPrimer);
        Say(OnnxNames.Sha256, HashOf(net));
        return model;
    }

    /// <summary>Of what the metadata say of the net, a line each, and all weights in our order.</summary>
    public static string HashOf(NoteRnnModel net)
    {
        byte[] words = Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{net.Encoding.ClassCount}\n{net.Encoding.Lowest.MidiNumber}\n{net.Shape.Inputs}\n{(net.KnowsBeginnings ? OnnxNames.Learned : OnnxNames.FromPrimer)}\n"));
        return Convert.ToHexStringLower(SHA256.HashData([.. words, .. MemoryMarshal.AsBytes(net.Weights.Values.AsSpan())]));
    }

    private static GraphProto Graph(NoteRnnWeights weights)
    {
        GraphBuilder graph = new();
        NoteRnnShape shape = weights.Shape;
        string row = InputGraph.Add(graph, shape.Inputs);
        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            row = Layer(graph, weights, layer, row);
        }

        graph.Node(
            "Gemm", OnnxNames.Logits,
            [row, graph.Constant(OnnxNames.OutputKernel, weights.OutputKernel, shape.TopSize, shape.Classes), graph.Constant(OnnxNames.OutputBias, weights.OutputBias, shape.Classes)]);
        graph.RowOutput(OnnxNames.Logits, shape.Classes, "unnormalised log-probabilities of the next event");
        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            graph.RowOutput(OnnxNames.Next(OnnxNames.Hidden(layer)), shape.LayerSizes[layer], "goes into the next step");
            graph.RowOutput(OnnxNames.Next(OnnxNames.Cell(layer)), shape.LayerSizes[layer], "goes into the next step");
        }

        return graph.Graph;
    }

    /// <summary>A layer; gives the name of its output, [batch, units].</summary>
    private static string Layer(GraphBuilder graph, NoteRnnWeights weights, int layer, string row)
    {
        int units = weights.Shape.LayerSizes[layer], width = weights.Shape.InputSize(layer);
        ReadOnlySpan<float> kernel = weights.Kernel(layer);
        int split = width * 4 * units;
        string input = graph.Constant(OnnxNames.InputWeights(layer), LayerTensors.ToOnnx(kernel[..split], units), 1, 4 * units, width);
        string state = graph.Constant(OnnxNames.StateWeights(layer), LayerTensors.ToOnnx(kernel[split..], units), 1, 4 * units, units);
        float[] biases = [.. LayerTensors.ToOnnx(weights.Bias(layer), units), .. LayerTensors.ForgetBias(units)];
        string bias = graph.Constant(OnnxNames.Biases(layer), biases, 1, 8 * units);

        // ONNX's LSTM reads whole sequences in one or two directions: here one step, one direction, both an axis of size 1.
        string first = graph.Constant("axis_0", 0L);
        string hidden = OnnxNames.Hidden(layer), cell = OnnxNames.Cell(layer);
        string Wide(string name) => graph.Node("Unsqueeze", $"{name}_wide", [name, first]);
        string x = graph.Node("Unsqueeze", $"x_{layer}", [row, first]);
        graph.RowInput(hidden, units, "the layer's output at the last step; zeros before the first");
        graph.RowInput(cell, units, "the layer's memory after the last step; zeros before the first");
        graph.Node("LSTM", ["", $"{hidden}_after", $"{cell}_after"], [x, input, state, bias, "", Wide(hidden), Wide(cell)], ("hidden_size", units));
        graph.Node("Squeeze", OnnxNames.Next(cell), [$"{cell}_after", first]);
        return graph.Node("Squeeze", OnnxNames.Next(hidden), [$"{hidden}_after", first]);
    }
}
