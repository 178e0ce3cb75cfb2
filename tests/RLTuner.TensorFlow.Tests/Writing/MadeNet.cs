using System.Globalization;
using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.TensorFlow.Tests.Writing;

/// <summary>Tensors of a Note RNN under the names of one era.</summary>
internal static class MadeNet
{
    /// <summary>Every way the tensors have been named (SEMANTICS, section 5), and two unknown ones, to be told by shape.</summary>
    public static TheoryData<string, string, string, string> NameVariants { get; } = new(
        Variant("rnn_model/RNN/MultiRNNCell/Cell{0}/LSTMCell/", "W_0", "B", "rnn_model/fully_connected/", "weights", "bias"),
        Variant("rnn_model/rnn/multi_rnn_cell/cell_{0}/lstm_cell/", "weights", "biases", "rnn_model/fully_connected/", "weights", "biases"),
        Variant("rnn_model/rnn/multi_rnn_cell/cell_{0}/lstm_cell/", "kernel", "bias", "rnn_model/fully_connected/", "weights", "biases"),
        Variant("RNN/MultiRNNCell/Cell{0}/BasicLSTMCell/Linear/", "Matrix", "Bias", "fully_connected/", "weights", "biases"),
        Variant("rnn/multi_rnn_cell/cell_{0}/basic_lstm_cell/", "weights", "biases", "fully_connected/", "weights", "biases"),
        Variant("rnn/multi_rnn_cell/cell_{0}/basic_lstm_cell/", "kernel", "bias", "fully_connected/", "weights", "biases"),
        Variant("a/layer{0}/", "m", "v", "a/out/", "m", "v"),
        Variant("", "m{0}", "v{0}", "x", "m", "v"));

    /// <summary>The names since TensorFlow 1.2: kernel and bias ({0} is the layer), then those of the output.</summary>
    public static string[] Modern { get; } =
    [
        "rnn/multi_rnn_cell/cell_{0}/basic_lstm_cell/kernel", "rnn/multi_rnn_cell/cell_{0}/basic_lstm_cell/bias",
        "fully_connected/weights", "fully_connected/biases",
    ];

    public static NoteRnnWeights Weights(NoteRnnShape shape, ulong seed)
    {
        NoteRnnWeights weights = new(shape);
        RandomSource random = new(seed, "test");
        foreach (ref float value in weights.Values.AsSpan())
        {
            value = (float)((2 * random.NextDouble()) - 1);
        }

        return weights;
    }

    /// <summary>The tensors, with optimiser slots and a step among them.</summary>
    public static List<MadeTensor> Tensors(NoteRnnWeights weights, string[] names, string prefix = "", int parts = 1)
    {
        List<MadeTensor> tensors = [];
        for (int i = 0; i < weights.Variables.Length; i++)
        {
            NoteRnnWeights.Variable variable = weights.Variables[i];
            bool output = i >= weights.Variables.Length - 2;
            bool bias = i % 2 == 1;
            string name = prefix + string.Format(CultureInfo.InvariantCulture, names[(output ? 2 : 0) + (bias ? 1 : 0)], i / 2);
            float[] values = weights.Values.AsSpan(variable.Offset, variable.Length).ToArray();
            long[] shape = bias ? [variable.Columns] : [variable.Rows, variable.Columns];
            tensors.Add(new MadeTensor(name, [.. shape], values, parts));
            tensors.Add(new MadeTensor(name + "/Adam", [.. shape], new float[values.Length]));
            tensors.Add(new MadeTensor(name + "/Adam_1", [.. shape], new float[values.Length]));
            tensors.Add(new MadeTensor($"{prefix}rnn_model/{name}/Adagrad", [.. shape], new float[values.Length]));
        }

        return tensors;
    }

    /// <summary>What a training run saves besides weights.</summary>
    public static List<MadeTensor> BookKeeping(long step) =>
    [
        new("beta1_power", [], new[] { 0.9f }),
        new("beta2_power", [], new[] { 0.999f }),
        new("global_step", [], new[] { step }),
    ];

    private static (string Kernel, string Bias, string OutputKernel, string OutputBias) Variant(
        string layer, string kernel, string bias, string output, string outputKernel, string outputBias) =>
        (layer + kernel, layer + bias, output + outputKernel, output + outputBias);
}
