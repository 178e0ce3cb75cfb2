using System.Numerics.Tensors;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Training;

/// <summary>
/// Whole melodies through a Note RNN, and back through time. Owns the buffers between the two, which grow to the largest batch and
/// are then reused. Rows lie as in <see cref="PackedBatch"/>. Checked against <see cref="NoteRnnStep"/> and against finite differences
/// in double precision.
/// </summary>
internal sealed class NoteRnnSequences
{
    /// <summary>Rows that the products over a whole batch take at a time, so that they stay in the cache.</summary>
    internal const int Chunk = 64;

    private readonly NoteRnnShape _shape;
    private readonly SequenceLayer[] _layers;
    private readonly float[] _zeros, _transposed;
    private readonly ProductSum _outputKernel;
    private float[] _logits = [];
    private PackedBatch? _batch;
    private float _keep;

    /// <summary>Creates the buffers, still empty.</summary>
    /// <param name="shape">The net's sizes, without positions.</param>
    /// <exception cref="ArgumentException">The net hears positions: melodies of any length have none.</exception>
    public NoteRnnSequences(NoteRnnShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Positions > 0)
        {
            throw new ArgumentException($"expected a net without positions, found {shape}", nameof(shape));
        }

        _shape = shape;
        _layers = [.. shape.LayerSizes.Select((units, layer) => new SequenceLayer(units, shape.InputSize(layer), hearsEvents: layer == 0))];
        int widest = Math.Max(shape.Classes, shape.LayerSizes.Max());
        _zeros = new float[4 * widest];
        _transposed = new float[4 * widest * widest];
        _outputKernel = new ProductSum(shape.TopSize, shape.Classes);
    }

    /// <summary>Predicts every event of a batch from those before it.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="batch">The melodies.</param>
    /// <param name="dropout">The share of each layer's outputs that are silenced on their way up (not on their way to the next step), 0 to below 1.</param>
    /// <param name="random">Decides which; needed where <paramref name="dropout"/> is above 0.</param>
    public PredictionSums Forward(NoteRnnWeights weights, PackedBatch batch, float dropout = 0, RandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        _batch = batch;
        _keep = 1 - dropout;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer].Reserve(batch, dropout > 0);
            ForwardLayer(weights, layer, batch);
            if (dropout > 0)
            {
                _layers[layer].DropOut(batch.Rows, _keep, random ?? throw new ArgumentNullException(nameof(random)));
            }
        }

        int classes = _shape.Classes, top = _shape.TopSize;
        if (_logits.Length < batch.Rows * classes)
        {
            _logits = new float[batch.Rows * classes];
        }

        PredictionSums sums = default;
        for (int row = 0; row < batch.Rows; row += Chunk)
        {
            int rows = Math.Min(Chunk, batch.Rows - row);
            Span<float> logits = _logits.AsSpan(row * classes, rows * classes);
            MatrixProduct.Multiply(
                new MatrixView(_layers[^1].Outputs.AsSpan(row * top), rows, top),
                new MatrixView(weights.OutputKernel, top, classes),
                MatrixView.RepeatedRow(weights.OutputBias, rows),
                logits);
            sums += CrossEntropy.Of(logits, batch.Targets.Slice(row, rows), classes);
        }

        return sums;
    }

    /// <summary>The gradient of the mean loss an event of the last <see cref="Forward"/>; may be called once after each.</summary>
    /// <param name="weights">The net that ran forward, unchanged since.</param>
    /// <param name="gradient">Overwritten with the gradient by each weight.</param>
    public void Backward(NoteRnnWeights weights, NoteRnnWeights gradient)
    {
        PackedBatch batch = _batch ?? throw new InvalidOperationException("Backward needs a Forward before it");
        _batch = null;
        BackwardOutput(weights, gradient, batch);
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
        {
            _layers[layer].DropOutGradients(batch.Rows, _keep);
            BackwardLayer(weights, gradient, layer, batch);
        }
    }

    private void BackwardOutput(NoteRnnWeights weights, NoteRnnWeights gradient, PackedBatch batch)
    {
        int classes = _shape.Classes, units = _shape.TopSize;
        VectorMath.Transpose(weights.OutputKernel, units, classes, _transposed);
        _outputKernel.Clear();
        gradient.OutputBias.Clear();
        for (int row = 0; row < batch.Rows; row += Chunk)
        {
            int rows = Math.Min(Chunk, batch.Rows - row);
            Span<float> dLogits = _logits.AsSpan(row * classes, rows * classes);
            TensorPrimitives.Multiply(dLogits, 1f / batch.Rows, dLogits);
            _outputKernel.Add(_layers[^1].Outputs.AsSpan(row * units), dLogits, rows);
            VectorMath.AddRows(dLogits, gradient.OutputBias);
            InputGradient(dLogits, classes, rows, _layers[^1].OutputGradients.AsSpan(row * units, rows * units));
        }

        _outputKernel.CopyTo(gradient.OutputKernel);
    }

    private void ForwardLayer(NoteRnnWeights weights, int layer, PackedBatch batch)
    {
        SequenceLayer l = _layers[layer];
        int units = l.Units, columns = 4 * units;
        MatrixView recurrent = new(weights.Kernel(layer)[(l.Inputs * columns)..], units, columns);
        for (int step = 0; step < batch.Steps; step++)
        {
            int start = batch.Start(step), count = batch.Count(step);
            Span<float> gates = l.Gates.AsSpan(start * columns, count * columns);
            Span<float> fromInput = l.FromInput.AsSpan(0, count * columns);
            FromInput(weights, layer, batch, start, count, fromInput);
            if (step == 0)
            {
                fromInput.CopyTo(gates);
            }
            else
            {
                MatrixProduct.Multiply(
                    new MatrixView(l.Hiddens.AsSpan(batch.Start(step - 1) * units), count, units), recurrent, new MatrixView(fromInput, count, columns), gates);
            }

            for (int row = 0; row < count; row++)
            {
                int at = (start + row) * units;
                LstmCell.Forward(
                    gates.Slice(row * columns, columns),
                    step == 0 ? _zeros.AsSpan(0, units) : l.Cells.AsSpan(batch.Before(step, start + row) * units, units),
                    l.Cells.AsSpan(at, units),
                    l.CellTanhs.AsSpan(at, units),
                    l.Hiddens.AsSpan(at, units));
            }
        }
    }

    /// <summary>Bias plus what the layer's input adds to its gates: a row of the kernel for an event, else a product.</summary>
    private void FromInput(NoteRnnWeights weights, int layer, PackedBatch batch, int start, int count, Span<float> sums)
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
            TensorPrimitives.Add(
                kernel.Slice(batch.Inputs[start + row] * columns, columns), bias, sums.Slice(row * columns, columns));
        }
    }

    /// <summary>From the gradients of a layer's outputs to those of its weights and inputs, the last step first.</summary>
    private void BackwardLayer(NoteRnnWeights weights, NoteRnnWeights gradient, int layer, PackedBatch batch)
    {
        SequenceLayer l = _layers[layer];
        int units = l.Units, columns = 4 * units, inputs = l.Inputs;
        ReadOnlySpan<float> kernel = weights.Kernel(layer);
        VectorMath.Transpose(kernel[(inputs * columns)..], units, columns, l.RecurrentTransposed);
        if (layer > 0)
        {
            VectorMath.Transpose(kernel[..(inputs * columns)], inputs, columns, _transposed);
        }

        Span<float> cellGradients = l.CellGradients.AsSpan(0, batch.Width * units);
        cellGradients.Clear();
        gradient.Kernel(layer).Clear();
        gradient.Bias(layer).Clear();
        l.StartGradients();
        int end = batch.Rows, endStep = batch.Steps;
        for (int step = batch.Steps - 1; step >= 0; step--)
        {
            BackwardStep(l, batch, step, cellGradients);

            // Weights' gradients follow as soon as there are rows enough for a product, while these are still in the cache.
            if (end - batch.Start(step) >= Chunk || step == 0)
            {
                AddGradients(gradient, layer, batch, step, endStep);
                (end, endStep) = (batch.Start(step), step);
            }
        }

        l.FinishGradients(gradient.Kernel(layer));
        if (layer == 0)
        {
            // Each row hears one event, so the rows of events sum to the sum of all rows.
            VectorMath.AddRows(gradient.Kernel(0)[..(inputs * columns)], gradient.Bias(0));
        }
    }

    private void BackwardStep(SequenceLayer l, PackedBatch batch, int step, Span<float> cellGradients)
    {
        int units = l.Units, columns = 4 * units;
        int start = batch.Start(step), count = batch.Count(step), later = step + 1 < batch.Steps ? batch.Count(step + 1) : 0;
        ReadOnlySpan<float> fromAbove = l.OutputGradients.AsSpan(start * units, count * units);
        Span<float> hidden = l.HiddenGradients.AsSpan(0, count * units);
        fromAbove[(later * units)..].CopyTo(hidden[(later * units)..]);
        if (later > 0)
        {
            MatrixProduct.Multiply(
                new MatrixView(l.Gates.AsSpan(batch.Start(step + 1) * columns), later, columns),
                new MatrixView(l.RecurrentTransposed, columns, units),
                new MatrixView(fromAbove, later, units),
                hidden);
        }

        for (int row = 0; row < count; row++)
        {
            LstmCell.Backward(
                l.Gates.AsSpan((start + row) * columns, columns),
                step == 0 ? _zeros.AsSpan(0, units) : l.Cells.AsSpan(batch.Before(step, start + row) * units, units),
                l.CellTanhs.AsSpan((start + row) * units, units),
                hidden.Slice(row * units, units),
                cellGradients.Slice(row * units, units));
        }
    }

    /// <summary>What the rows of some steps add to the gradients of a layer's weights, and the gradients of their inputs.</summary>
    private void AddGradients(NoteRnnWeights gradient, int layer, PackedBatch batch, int fromStep, int toStep)
    {
        SequenceLayer l = _layers[layer];
        int units = l.Units, columns = 4 * units, inputs = l.Inputs, row = batch.Start(fromStep), rows = batch.Start(toStep) - row;
        ReadOnlySpan<float> gates = l.Gates.AsSpan(row * columns, rows * columns);
        int first = fromStep == 0 ? batch.Count(0) : 0;
        l.RecurrentKernel.Add(l.GatherBefore(batch, Math.Max(1, fromStep), toStep), gates[(first * columns)..], rows - first);
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
            VectorMath.AddTo(gates.Slice(i * columns, columns), table.Slice(batch.Inputs[row + i] * columns, columns));
        }
    }

    /// <summary>dX = dY·Wᵀ, where Wᵀ lies in <see cref="_transposed"/>.</summary>
    private void InputGradient(ReadOnlySpan<float> dy, int outputs, int rows, Span<float> dx)
    {
        int inputs = dx.Length / rows;
        MatrixProduct.Multiply(
            new MatrixView(dy, rows, outputs),
            new MatrixView(_transposed, outputs, inputs),
            MatrixView.RepeatedRow(_zeros.AsSpan(0, inputs), rows),
            dx);
    }
}
