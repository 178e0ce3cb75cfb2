using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn;

/// <summary>
/// One step of a batch of melodies through a Note RNN, forward and back. Owns the buffers between the two, so one object serves
/// any number of steps and nets of one shape without allocating. The gradient stops at the incoming state: the paper's recipe has
/// no back-propagation through time. Checked against golden/net.json, golden/dqn.json and finite differences.
/// </summary>
internal sealed class NoteRnnStep
{
    private readonly NoteRnnShape _shape;
    private readonly int _batch;
    private readonly InputRow[] _inputs;
    private readonly float[] _start;
    private readonly float[][] _gates, _cellTanhs, _hiddenGradients;
    private readonly float[] _cellGradient, _transposed, _zeros;

    private NoteRnnState? _before, _after;

    /// <summary>Creates the buffers.</summary>
    public NoteRnnStep(NoteRnnShape shape, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _batch = batch;
        _inputs = new InputRow[batch * shape.Inputs.MostRows];
        int widest = shape.LayerSizes.Max();
        _start = new float[batch * 4 * widest];
        _gates = [.. shape.LayerSizes.Select(units => new float[batch * 4 * units])];
        _cellTanhs = [.. shape.LayerSizes.Select(units => new float[batch * units])];
        _hiddenGradients = [.. shape.LayerSizes.Select(units => new float[batch * units])];
        _cellGradient = new float[widest];
        _transposed = new float[Math.Max(shape.Classes * shape.TopSize, 4 * widest * widest)];
        _zeros = new float[Math.Max(shape.Classes, 4 * widest)];
    }

    /// <summary>Feeds one event to each melody, to a net that hears no more than that and the step.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="events">[batch] class numbers.</param>
    /// <param name="before">The state before the event; kept for <see cref="Backward"/>.</param>
    /// <param name="after">Receives the state after it; not the same object as <paramref name="before"/>.</param>
    /// <param name="logits">Receives [batch, classes]: unnormalised log-probabilities of the next event.</param>
    /// <param name="steps">[batch]: which step of its melody comes next, from 0; left out, or negative, for none.</param>
    public void Forward(
        NoteRnnWeights weights, ReadOnlySpan<int> events, NoteRnnState before, NoteRnnState after, Span<float> logits, ReadOnlySpan<int> steps = default)
    {
        if (events.Length != _batch || (!steps.IsEmpty && steps.Length != _batch))
        {
            throw new ArgumentException($"expected {_batch} events and steps, found {events.Length} and {steps.Length}", nameof(events));
        }

        _shape.Inputs.EncodeEvents(events, steps, _inputs);
        Forward(weights, _inputs, before, after, logits);
    }

    /// <summary>Goes one step on with each melody.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="inputs">[batch, <see cref="NoteRnnInputs.MostRows"/>]: what each hears.</param>
    /// <param name="before">The state before; kept for <see cref="Backward"/>.</param>
    /// <param name="after">Receives the state after; not the same object as <paramref name="before"/>.</param>
    /// <param name="logits">Receives [batch, classes]: unnormalised log-probabilities of the next event.</param>
    public void Forward(NoteRnnWeights weights, ReadOnlySpan<InputRow> inputs, NoteRnnState before, NoteRnnState after, Span<float> logits)
    {
        if (ReferenceEquals(before, after))
        {
            throw new ArgumentException("the state before and after a step must be two objects", nameof(after));
        }

        if (inputs.Length != _inputs.Length || logits.Length < _batch * _shape.Classes)
        {
            throw new ArgumentException(
                $"expected {_inputs.Length} rows of inputs, and room for {_batch * _shape.Classes} logits, found {inputs.Length} and {logits.Length}", nameof(inputs));
        }

        inputs.CopyTo(_inputs);
        _before = before;
        _after = after;
        for (int layer = 0; layer < _shape.LayerSizes.Length; layer++)
        {
            int units = _shape.LayerSizes[layer], width = _shape.InputSize(layer);
            ReadOnlySpan<float> kernel = weights.Kernel(layer);
            MatrixView start = FromInput(weights, layer, after);
            MatrixProduct.Multiply(
                new MatrixView(before.Hidden(layer), _batch, units),
                new MatrixView(kernel[(width * 4 * units)..], units, 4 * units),
                start,
                _gates[layer]);
            for (int row = 0; row < _batch; row++)
            {
                LstmCell.Forward(
                    _gates[layer].AsSpan(row * 4 * units, 4 * units),
                    before.Cell(layer).Slice(row * units, units),
                    after.Cell(layer).Slice(row * units, units),
                    _cellTanhs[layer].AsSpan(row * units, units),
                    after.Hidden(layer).Slice(row * units, units));
            }
        }

        MatrixProduct.Multiply(
            new MatrixView(after.Hidden(_shape.LayerSizes.Length - 1), _batch, _shape.TopSize),
            new MatrixView(weights.OutputKernel, _shape.TopSize, _shape.Classes),
            MatrixView.RepeatedRow(weights.OutputBias, _batch),
            logits);
    }

    /// <summary>The gradient of the last forward step; may be called once after each.</summary>
    /// <param name="weights">The net that ran forward, unchanged since.</param>
    /// <param name="logitGradients">[batch, classes]: gradient of the loss by each logit.</param>
    /// <param name="gradient">Overwritten with the gradient by each weight.</param>
    public void Backward(NoteRnnWeights weights, ReadOnlySpan<float> logitGradients, NoteRnnWeights gradient)
    {
        if (_before is null)
        {
            throw new InvalidOperationException("Backward needs a Forward before it");
        }

        logitGradients = logitGradients[..(_batch * _shape.Classes)];
        int top = _shape.LayerSizes.Length - 1;
        WeightGradient(_after!.Hidden(top), _shape.TopSize, logitGradients, _shape.Classes, gradient.OutputKernel);
        VectorMath.SumRows(logitGradients, _batch, gradient.OutputBias);
        InputGradient(new MatrixView(logitGradients, _batch, _shape.Classes), weights.OutputKernel, _hiddenGradients[top]);
        for (int layer = top; layer >= 0; layer--)
        {
            int units = _shape.LayerSizes[layer], inputs = _shape.InputSize(layer), columns = 4 * units;
            for (int row = 0; row < _batch; row++)
            {
                _cellGradient.AsSpan(0, units).Clear();
                LstmCell.Backward(
                    _gates[layer].AsSpan(row * columns, columns),
                    _before.Cell(layer).Slice(row * units, units),
                    _cellTanhs[layer].AsSpan(row * units, units),
                    _hiddenGradients[layer].AsSpan(row * units, units),
                    _cellGradient.AsSpan(0, units));
            }

            Span<float> fromInput = gradient.Kernel(layer)[..(inputs * columns)], fromHidden = gradient.Kernel(layer)[(inputs * columns)..];
            WeightGradient(_before.Hidden(layer), units, _gates[layer], columns, fromHidden);
            VectorMath.SumRows(_gates[layer], _batch, gradient.Bias(layer));
            if (layer > 0)
            {
                WeightGradient(_after.Hidden(layer - 1), inputs, _gates[layer], columns, fromInput);
                InputGradient(new MatrixView(_gates[layer], _batch, columns), weights.Kernel(layer)[..(inputs * columns)], _hiddenGradients[layer - 1]);
            }
            else
            {
                ScatterRows(_gates[0], columns, fromInput);
            }
        }
    }

    /// <summary>Bias plus what the layer's input adds to its gates: rows of the kernel in the lowest layer, else a product.</summary>
    private MatrixView FromInput(NoteRnnWeights weights, int layer, NoteRnnState after)
    {
        int columns = 4 * _shape.LayerSizes[layer], inputs = _shape.InputSize(layer);
        ReadOnlySpan<float> kernel = weights.Kernel(layer), bias = weights.Bias(layer);
        Span<float> start = _start.AsSpan(0, _batch * columns);
        if (layer > 0)
        {
            MatrixProduct.Multiply(
                new MatrixView(after.Hidden(layer - 1), _batch, inputs),
                new MatrixView(kernel[..(inputs * columns)], inputs, columns),
                MatrixView.RepeatedRow(bias, _batch),
                start);
        }
        else
        {
            for (int row = 0; row < _batch; row++)
            {
                Span<float> sums = start.Slice(row * columns, columns);
                bias.CopyTo(sums);
                foreach (InputRow input in Heard(row))
                {
                    if (!input.IsNone)
                    {
                        VectorMath.AddTo(kernel.Slice(input.Row * columns, columns), input.Factor, sums);
                    }
                }
            }
        }

        return new MatrixView(start, _batch, columns);
    }

    /// <summary>dW = Xᵀ·dY.</summary>
    private void WeightGradient(ReadOnlySpan<float> input, int inputs, ReadOnlySpan<float> outputGradient, int outputs, Span<float> gradient) =>
        MatrixProduct.Multiply(
            new MatrixView(input, _batch, inputs).Transposed,
            new MatrixView(outputGradient, _batch, outputs),
            MatrixView.RepeatedRow(_zeros.AsSpan(0, outputs), inputs),
            gradient);

    /// <summary>dX = dY·Wᵀ.</summary>
    private void InputGradient(MatrixView outputGradient, ReadOnlySpan<float> kernel, Span<float> inputGradient)
    {
        int outputs = outputGradient.Columns, inputs = kernel.Length / outputs;
        VectorMath.Transpose(kernel, inputs, outputs, _transposed);
        MatrixProduct.Multiply(
            outputGradient, new MatrixView(_transposed, outputs, inputs), MatrixView.RepeatedRow(_zeros.AsSpan(0, inputs), _batch), inputGradient);
    }

    private void ScatterRows(ReadOnlySpan<float> rows, int columns, Span<float> table)
    {
        table.Clear();
        for (int row = 0; row < _batch; row++)
        {
            ReadOnlySpan<float> gradient = rows.Slice(row * columns, columns);
            foreach (InputRow input in Heard(row))
            {
                if (!input.IsNone)
                {
                    VectorMath.AddTo(gradient, input.Factor, table.Slice(input.Row * columns, columns));
                }
            }
        }
    }

    private ReadOnlySpan<InputRow> Heard(int row) => _inputs.AsSpan(row * _shape.Inputs.MostRows, _shape.Inputs.MostRows);
}
