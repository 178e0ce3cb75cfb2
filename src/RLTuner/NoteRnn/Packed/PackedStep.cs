using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Packed;

/// <summary>
/// One step of a batch of melodies through a net in packed form, forward and back, by shares: each layer's, and then the output's, work is
/// done when both shares have done it, in any order or at the same time. A share touches only the weights and gradients of its own
/// units; hidden states go across. The gradient stops at the incoming state. Each sum's order is that of
/// <see cref="NoteRnnStep"/>, which is the tests' oracle: forward to the bit, backward too but for the gradients that stacked layers
/// hand down.
/// </summary>
internal sealed unsafe class PackedStep
{
    private const int WidestPanel = 64;

    private readonly PackedLayout _layout;
    private readonly NoteRnnShape _shape;
    private readonly int _batch;
    private readonly int _mostRows;
    private readonly InputRow[] _inputs;
    private readonly PinnedFloats[] _gates, _tanhs, _hiddenGradients, _starts;
    private readonly PinnedFloats _zeros;

    /// <summary>By share, and by whether the layer that hands down is odd: one is read while the other is written.</summary>
    private readonly HandedDown[] _handedDown = new HandedDown[2 * PackedLayout.Shares];

    private NoteRnnState? _before, _after;

    /// <summary>Creates the buffers.</summary>
    public PackedStep(PackedLayout layout, int batch)
    {
        _layout = layout;
        _shape = layout.Shape;
        _batch = batch;
        _mostRows = _shape.Inputs.MostRows;
        _inputs = new InputRow[batch * _mostRows];
        PinnedFloats[] LayersOf(int gates) => [.. Enumerable.Range(0, _shape.LayerSizes.Length).Select(layer => new PinnedFloats(batch * layout.Columns(layer) * gates / 4))];
        _gates = LayersOf(4);
        _tanhs = LayersOf(1);
        _hiddenGradients = LayersOf(1);
        _starts = [new(batch * WidestPanel), new(batch * WidestPanel)];
        _zeros = new PinnedFloats(Math.Max(layout.ClassColumns, WidestPanel));
        int widest = _shape.LayerSizes.Max();
        for (int i = 0; i < _handedDown.Length; i++)
        {
            _handedDown[i] = new HandedDown(widest, Math.Max(layout.ClassColumns, WidestPanel), batch);
        }
    }

    /// <summary>Says what the melodies hear, where that is their last event and perhaps the step.</summary>
    /// <param name="events">[batch] class numbers.</param>
    /// <param name="steps">[batch]: which step of its melody comes next, from 0; left out, or negative, for none.</param>
    /// <param name="before">The state before.</param>
    /// <param name="after">Receives the state after; another object.</param>
    public void Hear(ReadOnlySpan<int> events, ReadOnlySpan<int> steps, NoteRnnState before, NoteRnnState after)
    {
        _shape.Inputs.EncodeEvents(events[.._batch], steps, _inputs);
        (_before, _after) = (before, after);
    }

    /// <summary>Says what the melodies hear.</summary>
    /// <param name="inputs">[batch, <see cref="NoteRnnInputs.MostRows"/> or more]: of more the first, as a net that hears more may begin with what this one hears.</param>
    /// <param name="before">The state before.</param>
    /// <param name="after">Receives the state after; another object.</param>
    public void Hear(ReadOnlySpan<InputRow> inputs, NoteRnnState before, NoteRnnState after)
    {
        int given = inputs.Length / _batch;
        for (int row = 0; row < _batch; row++)
        {
            inputs.Slice(row * given, _mostRows).CopyTo(_inputs.AsSpan(row * _mostRows));
        }

        (_before, _after) = (before, after);
    }

    /// <summary>A share of a layer's forward pass; those below must be done.</summary>
    public void Forward(PackedWeights weights, int layer, int share)
    {
        int units = _shape.LayerSizes[layer], inputs = _shape.InputSize(layer);
        float* values = weights.Values.Address, start = _starts[share].Address;
        fixed (float* input = layer > 0 ? _after!.Hidden(layer - 1) : default, hidden = _before!.Hidden(layer), cell = _before.Cell(layer))
        fixed (float* newHidden = _after!.Hidden(layer), newCell = _after.Cell(layer))
        {
            foreach (ref readonly PackedLayout.Panel panel in _layout.Panels(layer, share))
            {
                int columns = panel.Columns;
                float* kernel = values + panel.Kernel, bias = values + panel.Bias;
                float* gates = _gates[layer].Address + (_batch * panel.ColumnsBefore), tanh = _tanhs[layer].Address + (_batch * panel.FirstUnit);
                if (layer > 0)
                {
                    MatrixProduct.MultiplyPinned(new(_batch, columns, inputs, input, inputs, 1, kernel, columns, bias, 0, start));
                }
                else
                {
                    TakeRows(kernel, bias, columns, start);
                }

                MatrixProduct.MultiplyPinned(new(_batch, columns, units, hidden, units, 1, kernel + (inputs * columns), columns, start, columns, gates));
                LstmCell.ForwardPanel(RowsOf(panel, units), gates, cell + panel.FirstUnit, newCell + panel.FirstUnit, tanh, newHidden + panel.FirstUnit);
            }
        }
    }

    /// <summary>The output, when all layers are done.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="logits">Receives [batch, <see cref="PackedLayout.ClassColumns"/>]; what fills the rows up is zero.</param>
    public void Output(PackedWeights weights, PinnedFloats logits)
    {
        int top = _shape.LayerSizes.Length - 1, units = _shape.TopSize, columns = _layout.ClassColumns;
        float* values = weights.Values.Address;
        fixed (float* hidden = _after!.Hidden(top))
        {
            MatrixProduct.MultiplyPinned(new(
                _batch, columns, units, hidden, units, 1, values + _layout.OutputKernel, columns, values + _layout.OutputBias, 0, logits.Address));
        }
    }

    /// <summary>A share of the output's backward pass where the loss knows one score of each row.</summary>
    /// <param name="weights">The net that ran forward, unchanged since.</param>
    /// <param name="gradient">Receives the gradient by the output's weights of the share's units, and by the bias in the first share.</param>
    /// <param name="actions">[batch]: the class whose score is known.</param>
    /// <param name="scoreGradients">[batch]: gradient of the loss by that score.</param>
    /// <param name="share">Which share.</param>
    public void BackwardScores(PackedWeights weights, PackedWeights gradient, ReadOnlySpan<int> actions, ReadOnlySpan<float> scoreGradients, int share)
    {
        int top = _shape.LayerSizes.Length - 1, units = _shape.TopSize, columns = _layout.ClassColumns;
        (int first, int count) = _layout.Units(top, share);
        float* kernel = weights.Values.Address + _layout.OutputKernel, bySum = gradient.Values.Address + _layout.OutputKernel;
        new Span<float>(bySum + (first * columns), count * columns).Clear();
        fixed (float* hidden = _after!.Hidden(top))
        {
            foreach (ref readonly PackedLayout.Panel panel in _layout.Panels(top, share))
            {
                float* hiddenGradient = _hiddenGradients[top].Address + (_batch * panel.FirstUnit);
                for (int row = 0; row < _batch; row++)
                {
                    float score = scoreGradients[row];
                    float* h = hidden + (row * units) + panel.FirstUnit, dh = hiddenGradient + (row * panel.GateWidth);
                    float* weight = kernel + (panel.FirstUnit * columns) + actions[row], byWeight = bySum + (weight - kernel);
                    for (int unit = 0; unit < panel.Units; unit++)
                    {
                        dh[unit] = score * weight[0];
                        weight += columns;
                    }

                    for (int unit = 0; unit < panel.Units; unit++)
                    {
                        byWeight[0] = MathF.FusedMultiplyAdd(h[unit], score, byWeight[0]);
                        byWeight += columns;
                    }
                }
            }
        }

        if (share == 0)
        {
            Span<float> bias = gradient.Values.Span.Slice(_layout.OutputBias, columns);
            bias.Clear();
            for (int row = 0; row < _batch; row++)
            {
                bias[actions[row]] += scoreGradients[row];
            }
        }
    }

    /// <summary>A share of the output's backward pass.</summary>
    /// <param name="weights">The net that ran forward, unchanged since.</param>
    /// <param name="gradient">Receives the gradient by the output's weights of the share's units, and by the bias in the first share.</param>
    /// <param name="logitGradients">[batch, <see cref="PackedLayout.ClassColumns"/>]: gradient of the loss by each logit; zero in what fills the rows up.</param>
    /// <param name="share">Which share.</param>
    public void BackwardLogits(PackedWeights weights, PackedWeights gradient, PinnedFloats logitGradients, int share)
    {
        int top = _shape.LayerSizes.Length - 1, units = _shape.TopSize, columns = _layout.ClassColumns;
        (int first, int count) = _layout.Units(top, share);
        int kernel = _layout.OutputKernel + (first * columns);
        fixed (float* hidden = _after!.Hidden(top))
        {
            MatrixProduct.MultiplyPinned(new(
                count, columns, _batch, hidden + first, 1, units, logitGradients.Address, columns, _zeros.Address, 0, gradient.Values.Address + kernel));
        }

        HandedDown down = FromAbove(top, share);
        down.Clear();
        down.Add(weights.Values.Address + kernel, count, logitGradients.Address, columns);
        foreach (ref readonly PackedLayout.Panel panel in _layout.Panels(top, share))
        {
            Span<float> hiddenGradient = HiddenGradient(top, panel);
            hiddenGradient.Clear();
            down.AddTo(panel.FirstUnit - first, panel.Units, hiddenGradient, panel.GateWidth);
        }

        if (share == 0)
        {
            VectorMath.SumRows(logitGradients.Address, _batch, columns, gradient.Values.Address + _layout.OutputBias);
        }
    }

    /// <summary>A share of a layer's backward pass; that above must be done.</summary>
    /// <param name="weights">The net that ran forward, unchanged since.</param>
    /// <param name="gradient">Receives the gradient by the layer's weights of the share's units.</param>
    /// <param name="layer">Which layer.</param>
    /// <param name="share">Which share.</param>
    public void Backward(PackedWeights weights, PackedWeights gradient, int layer, int share)
    {
        int units = _shape.LayerSizes[layer], inputs = _shape.InputSize(layer);
        float* values = weights.Values.Address, gradients = gradient.Values.Address, zeros = _zeros.Address;
        HandedDown down = FromAbove(layer - 1, share);
        fixed (float* input = layer > 0 ? _after!.Hidden(layer - 1) : default, hidden = _before!.Hidden(layer), cell = _before.Cell(layer))
        {
            down.Clear();
            foreach (ref readonly PackedLayout.Panel panel in _layout.Panels(layer, share))
            {
                int columns = panel.Columns;
                float* gates = _gates[layer].Address + (_batch * panel.ColumnsBefore), tanh = _tanhs[layer].Address + (_batch * panel.FirstUnit);
                float* hiddenGradient = _hiddenGradients[layer].Address + (_batch * panel.FirstUnit), byKernel = gradients + panel.Kernel;
                if (layer < _shape.LayerSizes.Length - 1)
                {
                    Span<float> sum = HiddenGradient(layer, panel);
                    sum.Clear();
                    FromAbove(layer, 0).AddTo(panel.FirstUnit, panel.Units, sum, panel.GateWidth);
                    FromAbove(layer, 1).AddTo(panel.FirstUnit, panel.Units, sum, panel.GateWidth);
                }

                LstmCell.BackwardPanel(RowsOf(panel, units), gates, cell + panel.FirstUnit, tanh, hiddenGradient);
                if (layer > 0)
                {
                    MatrixProduct.MultiplyPinned(new(inputs, columns, _batch, input, 1, inputs, gates, columns, zeros, 0, byKernel));
                    down.Add(values + panel.Kernel, inputs, gates, columns);
                }
                else
                {
                    GiveRows(gates, columns, inputs, byKernel);
                }

                MatrixProduct.MultiplyPinned(new(units, columns, _batch, hidden, 1, units, gates, columns, zeros, 0, byKernel + (inputs * columns)));
                VectorMath.SumRows(gates, _batch, columns, gradients + panel.Bias);
            }
        }
    }

    private HandedDown FromAbove(int layer, int share) => _handedDown[(2 * share) + (layer & 1)];

    /// <summary>The gradient of a panel's h', [batch, gate width].</summary>
    private Span<float> HiddenGradient(int layer, in PackedLayout.Panel panel) =>
        _hiddenGradients[layer].Span.Slice(_batch * panel.FirstUnit, _batch * panel.GateWidth);

    private LstmCell.PanelRows RowsOf(in PackedLayout.Panel panel, int units) => new(_batch, panel.Units, panel.GateWidth, units);

    /// <summary>The bias plus the rows of the kernel that each melody hears.</summary>
    private void TakeRows(float* kernel, float* bias, int columns, float* sums)
    {
        for (int row = 0; row < _batch; row++)
        {
            float* sum = bias;
            foreach (ref readonly InputRow input in _inputs.AsSpan(row * _mostRows, _mostRows))
            {
                if (!input.IsNone)
                {
                    VectorMath.Sum(sum, kernel + (input.Row * columns), input.Factor, columns, sums);
                    sum = sums;
                }
            }

            if (sum == bias)
            {
                new Span<float>(bias, columns).CopyTo(new Span<float>(sums, columns));
            }

            sums += columns;
        }
    }

    /// <summary>The gradient by the rows of inputs: each row of the batch goes to those that it took.</summary>
    private void GiveRows(float* gates, int columns, int inputs, float* kernel)
    {
        new Span<float>(kernel, inputs * columns).Clear();
        for (int row = 0; row < _batch; row++)
        {
            foreach (ref readonly InputRow input in _inputs.AsSpan(row * _mostRows, _mostRows))
            {
                if (!input.IsNone)
                {
                    float* byRow = kernel + (input.Row * columns);
                    VectorMath.Sum(byRow, gates, input.Factor, columns, byRow);
                }
            }

            gates += columns;
        }
    }
}
