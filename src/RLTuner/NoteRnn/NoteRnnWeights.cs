using System.Collections.Immutable;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn;

/// <summary>
/// All parameters of a Note RNN in one array, so that copying, Adam and the target update each are one pass.
/// Layout: for each layer its kernel [input + units, 4·units] and bias [4·units], then the output kernel [units, classes] and
/// bias [classes]; all row-major. A kernel's rows are the concatenation (x, h), where the lowest layer's x are its inputs, the event first; its columns are the gates i, j, f, o. The forget
/// gate's bias gets 1 added at run time, as TensorFlow's BasicLSTMCell does.
/// </summary>
public sealed class NoteRnnWeights
{
    /// <summary>Creates weights that are all zero.</summary>
    public NoteRnnWeights(NoteRnnShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        Variables = VariablesOf(shape);
        Values = new float[Variables[^1].Offset + Variables[^1].Length];
    }

    /// <summary>The net's sizes.</summary>
    public NoteRnnShape Shape { get; }

    /// <summary>Every parameter, in the layout above.</summary>
    public float[] Values { get; }

    /// <summary>Where each variable lies in <see cref="Values"/>: kernel and bias of each layer, then of the output.</summary>
    public ImmutableArray<Variable> Variables { get; }

    /// <summary>A layer's kernel, [input + units, 4·units].</summary>
    public Span<float> Kernel(int layer) => Slice(2 * layer);

    /// <summary>A layer's bias, [4·units], without the forget bias of 1.</summary>
    public Span<float> Bias(int layer) => Slice((2 * layer) + 1);

    /// <summary>The output's kernel, [units of the highest layer, classes].</summary>
    public Span<float> OutputKernel => Slice(Variables.Length - 2);

    /// <summary>The output's bias, [classes].</summary>
    public Span<float> OutputBias => Slice(Variables.Length - 1);

    /// <summary>How many values the weights of a net have.</summary>
    public static long LengthOf(NoteRnnShape shape)
    {
        long length = (shape.TopSize + 1L) * shape.Classes;
        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            length += (shape.InputSize(layer) + shape.LayerSizes[layer] + 1L) * 4 * shape.LayerSizes[layer];
        }

        return length;
    }

    /// <summary>A copy that hears one thing more, and as yet makes nothing of it: the new weights are zero.</summary>
    /// <param name="input">What it hears.</param>
    public NoteRnnWeights With(IInputEncoding input)
    {
        ArgumentNullException.ThrowIfNull(input);
        NoteRnnWeights wider = new(Shape with { Inputs = Shape.Inputs.With(input) });
        int columns = 4 * Shape.LayerSizes[0], before = Shape.InputSize(0) * columns;
        Values.AsSpan(0, before).CopyTo(wider.Values);
        Values.AsSpan(before).CopyTo(wider.Values.AsSpan(before + (input.Width * columns)));
        return wider;
    }

    /// <summary>A copy that shares nothing.</summary>
    public NoteRnnWeights Clone()
    {
        NoteRnnWeights copy = new(Shape);
        Values.CopyTo(copy.Values, 0);
        return copy;
    }

    /// <summary>Where each variable of a net lies.</summary>
    internal static ImmutableArray<Variable> VariablesOf(NoteRnnShape shape)
    {
        ImmutableArray<Variable>.Builder variables = ImmutableArray.CreateBuilder<Variable>();
        int offset = 0;
        void Add(string name, int rows, int columns)
        {
            variables.Add(new Variable(name, offset, rows, columns));
            offset = checked(offset + (rows * columns));
        }

        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            int units = shape.LayerSizes[layer];
            Add($"lstm.{layer}.kernel", shape.InputSize(layer) + units, 4 * units);
            Add($"lstm.{layer}.bias", 1, 4 * units);
        }

        Add("output.kernel", shape.TopSize, shape.Classes);
        Add("output.bias", 1, shape.Classes);
        return variables.ToImmutable();
    }

    private Span<float> Slice(int index) => Values.AsSpan(Variables[index].Offset, Variables[index].Length);

    /// <summary>A named part of the parameters.</summary>
    /// <param name="Name">Such as <c>lstm.0.kernel</c>.</param>
    /// <param name="Offset">Its first index in <see cref="Values"/>.</param>
    /// <param name="Rows">Rows; 1 for a bias.</param>
    /// <param name="Columns">Columns.</param>
    public readonly record struct Variable(string Name, int Offset, int Rows, int Columns)
    {
        /// <summary>Number of values.</summary>
        public int Length => Rows * Columns;

        /// <summary>Whether it is a matrix, not a bias.</summary>
        public bool IsKernel => Name.EndsWith(".kernel", StringComparison.Ordinal);
    }
}
