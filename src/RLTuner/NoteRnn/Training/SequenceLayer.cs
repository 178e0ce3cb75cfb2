using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Training;

/// <summary>What one layer keeps of a batch, a row for each row of the layout.</summary>
internal sealed class SequenceLayer(int units, int inputs, bool hearsRows)
{
    private float[] _outputs = [], _gates = [], _cells = [], _cellTanhs = [], _hiddens = [], _fromInput = [];
    private float[] _outputGradients = [], _hiddenGradients = [], _cellGradients = [], _before = [];
    private bool _drops;

    public int Units { get; } = units;

    public int Inputs { get; } = inputs;

    /// <summary>[rows, 4·units]: activations, then the gradients of their sums.</summary>
    public float[] Gates => _gates;

    /// <summary>[rows, units], as the three below.</summary>
    public float[] Cells => _cells;

    public float[] CellTanhs => _cellTanhs;

    /// <summary>What the next step hears.</summary>
    public float[] Hiddens => _hiddens;

    /// <summary>What the layer above hears: the hiddens, some of them silenced.</summary>
    public float[] Outputs => _drops ? _outputs : _hiddens;

    public float[] OutputGradients => _outputGradients;

    /// <summary>[width, 4·units]: room for one step, as the two below are.</summary>
    public float[] FromInput => _fromInput;

    public float[] HiddenGradients => _hiddenGradients;

    public float[] CellGradients => _cellGradients;

    /// <summary>[4·units, units]: the recurrent kernel, transposed.</summary>
    public float[] RecurrentTransposed { get; } = new float[4 * units * units];

    /// <summary>The gradient of the recurrent kernel.</summary>
    public ProductSum RecurrentKernel { get; } = new(units, 4 * units);

    /// <summary>The gradient of the input's kernel; none where the inputs are rows of it.</summary>
    public ProductSum? InputKernel { get; } = hearsRows ? null : new(inputs, 4 * units);

    public void Reserve(SequenceLayout layout, bool drops)
    {
        _drops = drops;
        Grow(ref _gates, (long)layout.Rows * 4 * Units);
        Grow(ref _cells, (long)layout.Rows * Units);
        Grow(ref _cellTanhs, (long)layout.Rows * Units);
        Grow(ref _hiddens, (long)layout.Rows * Units);
        Grow(ref _outputGradients, (long)layout.Rows * Units);
        Grow(ref _fromInput, (long)layout.Width * 4 * Units);
        Grow(ref _hiddenGradients, (long)layout.Width * Units);
        Grow(ref _cellGradients, (long)layout.Width * Units);
        Grow(ref _before, (NoteRnnSequences.Chunk + layout.Width) * Units);
        if (drops)
        {
            Grow(ref _outputs, (long)layout.Rows * Units);
        }
    }

    /// <summary>The hiddens that the rows of some steps heard, those of the step before each, side by side.</summary>
    public ReadOnlySpan<float> GatherBefore(SequenceLayout layout, int fromStep, int toStep)
    {
        int at = 0;
        for (int step = fromStep; step < toStep; step++)
        {
            int length = layout.Count(step) * Units;
            _hiddens.AsSpan(layout.Start(step - 1) * Units, length).CopyTo(_before.AsSpan(at));
            at += length;
        }

        return _before.AsSpan(0, at);
    }

    public void StartGradients()
    {
        RecurrentKernel.Clear();
        InputKernel?.Clear();
    }

    public void FinishGradients(Span<float> kernel)
    {
        InputKernel?.CopyTo(kernel);
        RecurrentKernel.CopyTo(kernel[(Inputs * 4 * Units)..]);
    }

    /// <summary>Silences outputs and makes up for it in the others, so that their mean stays (Srivastava et al. 2014).</summary>
    public void DropOut(int rows, float keep, RandomSource random)
    {
        float scale = 1 / keep;
        uint limit = (uint)(keep * 65536);
        ulong bits = 0;
        for (int i = 0; i < rows * Units; i++)
        {
            bits = i % 4 == 0 ? random.NextBits() : bits >> 16;
            _outputs[i] = (bits & 0xFFFF) < limit ? _hiddens[i] * scale : 0;
        }
    }

    /// <summary>Gradients of outputs become those of hiddens.</summary>
    public void DropOutGradients(int rows, float keep)
    {
        if (!_drops)
        {
            return;
        }

        // An output of exactly 0 counts as silenced, whichever way it got there.
        float scale = 1 / keep;
        for (int i = 0; i < rows * Units; i++)
        {
            _outputGradients[i] = _outputs[i] == 0 ? 0 : _outputGradients[i] * scale;
        }
    }

    private static void Grow(ref float[] buffer, long length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[checked((int)length)];
        }
    }
}
