using System.Numerics.Tensors;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Training;

/// <summary>
/// Whole melodies through a Note RNN, and back through time: logits out, gradients of logits in. Melodies that are there already go through as a
/// batch; melodies that are being made go step by step, and either way activations are kept, so that <see cref="Backward"/> need not
/// run forward again. Owns the buffers between the two, which grow to the largest batch and are then reused. Rows lie as in
/// <see cref="SequenceLayout"/>. Checked against <see cref="NoteRnnStep"/> and against finite differences in double precision.
/// </summary>
internal sealed class NoteRnnSequences
{
    /// <summary>Rows that the products over a whole batch take at a time, so that they stay in the cache.</summary>
    internal const int Chunk = 64;

    private readonly NoteRnnShape _shape;
    private readonly SequenceLayer[] _layers;
    private readonly float[] _zeros, _transposed, _byUnheard;
    private readonly ProductSum _outputKernel;
    private readonly int _mostRows;
    private float[] _logits = [];
    private InputRow[] _inputs = [];
    private SequenceLayout? _layout;
    private int _step;
    private float _keep = 1;

    /// <summary>Creates the buffers, still empty.</summary>
    /// <param name="shape">The net's sizes.</param>
    public NoteRnnSequences(NoteRnnShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _mostRows = shape.Inputs.MostRows;
        _layers = [.. shape.LayerSizes.Select((units, layer) => new SequenceLayer(units, shape.InputSize(layer), hearsRows: layer == 0))];
        int widest = Math.Max(shape.Classes, shape.LayerSizes.Max());
        _zeros = new float[4 * widest];
        _transposed = new float[4 * widest * widest];
        _byUnheard = new float[4 * shape.LayerSizes[0]];
        _outputKernel = new ProductSum(shape.TopSize, shape.Classes);
    }

    /// <summary>All steps of a batch.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="batch">The melodies.</param>
    /// <param name="dropout">The share of each layer's outputs that are silenced on their way up (not on their way to the next step), 0 to below 1.</param>
    /// <param name="random">Decides which; needed where <paramref name="dropout"/> is above 0.</param>
    /// <returns>[rows, classes]: the logits of the event at each row, valid until the next call, to be overwritten at will.</returns>
    public Span<float> Forward(NoteRnnWeights weights, SequenceBatch batch, float dropout = 0, RandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        SequenceLayout layout = batch.Layout;
        Start(layout, dropout);
        batch.Inputs.CopyTo(_inputs);
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            for (int step = 0; step < layout.Steps; step++)
            {
                ForwardLayer(weights, layer, layout, step);
            }

            if (dropout > 0)
            {
                _layers[layer].DropOut(layout.Rows, _keep, random ?? throw new ArgumentNullException(nameof(random)));
            }
        }

        _step = layout.Steps;
        for (int row = 0; row < layout.Rows; row += Chunk)
        {
            Output(weights, row, Math.Min(Chunk, layout.Rows - row));
        }

        return _logits.AsSpan(0, layout.Rows * _shape.Classes);
    }

    /// <summary>Starts melodies that are made step by step, without memory.</summary>
    /// <param name="melodies">How many, side by side.</param>
    /// <param name="steps">Steps of each.</param>
    public void Begin(int melodies, int steps)
    {
        if (_layout is not { } last || last.Width != melodies || last.Steps != steps || last.Rows != (long)melodies * steps)
        {
            _layout = SequenceLayout.Of(melodies, steps);
        }

        Start(_layout, dropout: 0);
    }

    /// <summary>The next step of melodies that <see cref="Begin"/> started.</summary>
    /// <param name="weights">The net, the same at all steps.</param>
    /// <param name="inputs">[melodies, <see cref="NoteRnnInputs.MostRows"/>]: what each hears.</param>
    /// <returns>[melodies, classes]: the logits of what comes next, valid until the next batch begins, to be overwritten at will.</returns>
    public Span<float> Next(NoteRnnWeights weights, ReadOnlySpan<InputRow> inputs)
    {
        ArgumentNullException.ThrowIfNull(weights);
        SequenceLayout layout = _layout is { } begun && _step < begun.Steps ? begun : throw new InvalidOperationException("Next needs a Begin of more steps before it");
        int start = layout.Start(_step), count = layout.Count(_step);
        if (inputs.Length != count * _mostRows)
        {
            throw new ArgumentException($"expected {count} x {_mostRows} rows of inputs, found {inputs.Length}", nameof(inputs));
        }

        inputs.CopyTo(_inputs.AsSpan(start * _mostRows));
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            ForwardLayer(weights, layer, layout, _step);
        }

        _step++;
        return Output(weights, start, count);
    }

    /// <summary>The gradient by each weight of a loss of all logits; may be called once after all steps.</summary>
    /// <param name="weights">The net that ran forward, unchanged since.</param>
    /// <param name="logitGradients">[rows, classes]: the gradient of the loss by each logit; may lie where the logits lay.</param>
    /// <param name="gradient">Overwritten with the gradient by each weight.</param>
    public void Backward(NoteRnnWeights weights, ReadOnlySpan<float> logitGradients, NoteRnnWeights gradient)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(gradient);
        SequenceLayout layout = _layout is { } done && _step == done.Steps ? done : throw new InvalidOperationException("Backward needs all steps forward before it");
        if (logitGradients.Length != layout.Rows * _shape.Classes)
        {
            throw new ArgumentException($"expected {layout.Rows} x {_shape.Classes} gradients, found {logitGradients.Length}", nameof(logitGradients));
        }

        _step = int.MaxValue;
        BackwardOutput(weights, logitGradients, gradient, layout);
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
        {
            _layers[layer].DropOutGradients(layout.Rows, _keep);
            BackwardLayer(weights, gradient, layer, layout);
        }
    }

    private void Start(SequenceLayout layout, float dropout)
    {
        (_layout, _step, _keep) = (layout, 0, 1 - dropout);
        foreach (SequenceLayer layer in _layers)
        {
            layer.Reserve(layout, dropout > 0);
        }

        if (_logits.Length < layout.Rows * _shape.Classes)
        {
            _logits = new float[layout.Rows * _shape.Classes];
        }

        if (_inputs.Length < layout.Rows * _mostRows)
        {
            _inputs = new InputRow[layout.Rows * _mostRows];
        }
    }

    private Span<float> Output(NoteRnnWeights weights, int row, int rows)
    {
        int classes = _shape.Classes, top = _shape.TopSize;
        Span<float> logits = _logits.AsSpan(row * classes, rows * classes);
        MatrixProduct.Multiply(
            new MatrixView(_layers[^1].Outputs.AsSpan(row * top), rows, top),
            new MatrixView(weights.OutputKernel, top, classes),
            MatrixView.RepeatedRow(weights.OutputBias, rows),
            logits);
        return logits;
    }

    private void BackwardOutput(NoteRnnWeights weights, ReadOnlySpan<float> logitGradients, NoteRnnWeights gradient, SequenceLayout layout)
    {
        int classes = _shape.Classes, units = _shape.TopSize;
        VectorMath.Transpose(weights.OutputKernel, units, classes, _transposed);
        _outputKernel.Clear();
        gradient.OutputBias.Clear();
        for (int row = 0; row < layout.Rows; row += Chunk)
        {
            int rows = Math.Min(Chunk, layout.Rows - row);
            ReadOnlySpan<float> dLogits = logitGradients.Slice(row * classes, rows * classes);
            _outputKernel.Add(_layers[^1].Outputs.AsSpan(row * units), dLogits, rows);
            VectorMath.AddRows(dLogits, gradient.OutputBias);
            InputGradient(dLogits, classes, rows, _layers[^1].OutputGradients.AsSpan(row * units, rows * units));
        }

        _outputKernel.CopyTo(gradient.OutputKernel);
    }

    private void ForwardLayer(NoteRnnWeights weights, int layer, SequenceLayout layout, int step)
    {
        SequenceLayer l = _layers[layer];
        int units = l.Units, columns = 4 * units, start = layout.Start(step), count = layout.Count(step);
        Span<float> gates = l.Gates.AsSpan(start * columns, count * columns);
        Span<float> fromInput = l.FromInput.AsSpan(0, count * columns);
        FromInput(weights, layer, start, count, fromInput);
        if (step == 0)
        {
            fromInput.CopyTo(gates);
        }
        else
        {
            MatrixProduct.Multiply(
                new MatrixView(l.Hiddens.AsSpan(layout.Start(step - 1) * units), count, units),
                new MatrixView(weights.Kernel(layer)[(l.Inputs * columns)..], units, columns),
                new MatrixView(fromInput, count, columns),
                gates);
        }

        for (int row = 0; row < count; row++)
        {
            int at = (start + row) * units;
            LstmCell.Forward(
                gates.Slice(row * columns, columns),
                step == 0 ? _zeros.AsSpan(0, units) : l.Cells.AsSpan(layout.Before(step, start + row) * units, units),
                l.Cells.AsSpan(at, units),
                l.CellTanhs.AsSpan(at, units),
                l.Hiddens.AsSpan(at, units));
        }
    }

    /// <summary>Bias plus what the layer's input adds to its gates: rows of the kernel in the lowest layer, else a product.</summary>
    private void FromInput(NoteRnnWeights weights, int layer, int start, int count, Span<float> sums)
    {
        SequenceLayer l = _layers[layer];
        int columns = 4 * l.Units;
        ReadOnlySpan<float> kernel = weights.Kernel(layer)[..(l.Inputs * columns)], bias = weights.Bias(layer);
        if (layer > 0)
        {
            MatrixProduct.Multiply(
                new MatrixView(_layers[layer - 1].Outputs.AsSpan(start * l.Inputs), count, l.Inputs),
                new MatrixView(kernel, l.Inputs, columns),
                MatrixView.RepeatedRow(bias, count),
                sums);
            return;
        }

        for (int row = 0; row < count; row++)
        {
            Span<float> sum = sums.Slice(row * columns, columns);
            bias.CopyTo(sum);
            InputRows.Add(Heard(start + row), kernel, sum);
        }
    }

    /// <summary>From the gradients of a layer's outputs to those of its weights and inputs, the last step first.</summary>
    private void BackwardLayer(NoteRnnWeights weights, NoteRnnWeights gradient, int layer, SequenceLayout layout)
    {
        SequenceLayer l = _layers[layer];
        int units = l.Units, columns = 4 * units, inputs = l.Inputs;
        ReadOnlySpan<float> kernel = weights.Kernel(layer);
        VectorMath.Transpose(kernel[(inputs * columns)..], units, columns, l.RecurrentTransposed);
        if (layer > 0)
        {
            VectorMath.Transpose(kernel[..(inputs * columns)], inputs, columns, _transposed);
        }

        Span<float> cellGradients = l.CellGradients.AsSpan(0, layout.Width * units);
        cellGradients.Clear();
        gradient.Kernel(layer).Clear();
        gradient.Bias(layer).Clear();
        _byUnheard.AsSpan().Clear();
        l.StartGradients();
        int end = layout.Rows, endStep = layout.Steps;
        for (int step = layout.Steps - 1; step >= 0; step--)
        {
            BackwardStep(l, layout, step, cellGradients);

            // Weights' gradients follow as soon as there are rows enough for a product, while these are still in the cache.
            if (end - layout.Start(step) >= Chunk || step == 0)
            {
                AddGradients(gradient, layer, layout, step, endStep);
                (end, endStep) = (layout.Start(step), step);
            }
        }

        l.FinishGradients(gradient.Kernel(layer));
        if (layer == 0)
        {
            // Each row hears one event or none, so the rows of events and what heard none sum to the sum of all rows.
            VectorMath.AddRows(gradient.Kernel(0)[..(_shape.Classes * columns)], gradient.Bias(0));
            VectorMath.AddTo(_byUnheard, gradient.Bias(0));
        }
    }

    private void BackwardStep(SequenceLayer l, SequenceLayout layout, int step, Span<float> cellGradients)
    {
        int units = l.Units, columns = 4 * units;
        int start = layout.Start(step), count = layout.Count(step), later = step + 1 < layout.Steps ? layout.Count(step + 1) : 0;
        ReadOnlySpan<float> fromAbove = l.OutputGradients.AsSpan(start * units, count * units);
        Span<float> hidden = l.HiddenGradients.AsSpan(0, count * units);
        fromAbove[(later * units)..].CopyTo(hidden[(later * units)..]);
        if (later > 0)
        {
            MatrixProduct.Multiply(
                new MatrixView(l.Gates.AsSpan(layout.Start(step + 1) * columns), later, columns),
                new MatrixView(l.RecurrentTransposed, columns, units),
                new MatrixView(fromAbove, later, units),
                hidden);
        }

        for (int row = 0; row < count; row++)
        {
            LstmCell.Backward(
                l.Gates.AsSpan((start + row) * columns, columns),
                step == 0 ? _zeros.AsSpan(0, units) : l.Cells.AsSpan(layout.Before(step, start + row) * units, units),
                l.CellTanhs.AsSpan((start + row) * units, units),
                hidden.Slice(row * units, units),
                cellGradients.Slice(row * units, units));
        }
    }

    /// <summary>What the rows of some steps add to the gradients of a layer's weights, and the gradients of their inputs.</summary>
    private void AddGradients(NoteRnnWeights gradient, int layer, SequenceLayout layout, int fromStep, int toStep)
    {
        SequenceLayer l = _layers[layer];
        int units = l.Units, columns = 4 * units, inputs = l.Inputs, row = layout.Start(fromStep), rows = layout.Start(toStep) - row;
        ReadOnlySpan<float> gates = l.Gates.AsSpan(row * columns, rows * columns);
        int first = fromStep == 0 ? layout.Count(0) : 0;
        l.RecurrentKernel.Add(l.GatherBefore(layout, Math.Max(1, fromStep), toStep), gates[(first * columns)..], rows - first);
        if (layer > 0)
        {
            l.InputKernel!.Add(_layers[layer - 1].Outputs.AsSpan(row * inputs), gates, rows);
            VectorMath.AddRows(gates, gradient.Bias(layer));
            InputGradient(gates, columns, rows, _layers[layer - 1].OutputGradients.AsSpan(row * inputs, rows * inputs));
            return;
        }

        Span<float> table = gradient.Kernel(0)[..(inputs * columns)];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> byRow = gates.Slice(i * columns, columns);
            ReadOnlySpan<InputRow> heard = Heard(row + i);
            if (heard[0].IsNone)
            {
                VectorMath.AddTo(byRow, _byUnheard);
            }

            InputRows.AddGradient(heard, byRow, table);
        }
    }

    private ReadOnlySpan<InputRow> Heard(int row) => _inputs.AsSpan(row * _mostRows, _mostRows);

    /// <summary>dX = dY·Wᵀ, where Wᵀ lies in <see cref="_transposed"/>.</summary>
    private void InputGradient(ReadOnlySpan<float> dy, int outputs, int rows, Span<float> dx)
    {
        int inputs = dx.Length / rows;
        MatrixView dY = new(dy, rows, outputs), turned = new(_transposed, outputs, inputs);
        MatrixProduct.Multiply(dY, turned, MatrixView.RepeatedRow(_zeros.AsSpan(0, inputs), rows), dx);
    }
}
