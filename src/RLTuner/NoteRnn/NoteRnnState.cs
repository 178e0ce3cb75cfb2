namespace RLTuner.NoteRnn;

/// <summary>The memory of a Note RNN while it reads a batch of melodies: c and h of each layer, each [batch, units] row-major.</summary>
public sealed class NoteRnnState
{
    private readonly float[][] _cells, _hiddens;

    /// <summary>Creates zero states, as before the first event.</summary>
    public NoteRnnState(NoteRnnShape shape, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        Shape = shape;
        Batch = batch;
        _cells = [.. shape.LayerSizes.Select(units => new float[batch * units])];
        _hiddens = [.. shape.LayerSizes.Select(units => new float[batch * units])];
    }

    /// <summary>The net's sizes.</summary>
    public NoteRnnShape Shape { get; }

    /// <summary>How many melodies.</summary>
    public int Batch { get; }

    /// <summary>Numbers in one melody's state: 2·units of every layer.</summary>
    public int RowLength => RowLengthOf(Shape);

    /// <summary>Numbers in one melody's state of a net: 2·units of every layer.</summary>
    public static int RowLengthOf(NoteRnnShape shape) => 2 * shape.LayerSizes.Sum();

    /// <summary>A layer's c, [batch, units].</summary>
    public Span<float> Cell(int layer) => _cells[layer];

    /// <summary>A layer's h, [batch, units].</summary>
    public Span<float> Hidden(int layer) => _hiddens[layer];

    /// <summary>Sets every state to zero.</summary>
    public void Clear()
    {
        for (int layer = 0; layer < _cells.Length; layer++)
        {
            Array.Clear(_cells[layer]);
            Array.Clear(_hiddens[layer]);
        }
    }

    /// <summary>Writes one melody's state: c and h of the lowest layer, then of the next.</summary>
    /// <param name="row">Which melody of the batch.</param>
    /// <param name="values">Receives <see cref="RowLength"/> numbers.</param>
    public void SaveRow(int row, Span<float> values)
    {
        for (int layer = 0; layer < _cells.Length; layer++)
        {
            int units = Shape.LayerSizes[layer];
            _cells[layer].AsSpan(row * units, units).CopyTo(values);
            _hiddens[layer].AsSpan(row * units, units).CopyTo(values[units..]);
            values = values[(2 * units)..];
        }
    }

    /// <summary>Restores what <see cref="SaveRow"/> wrote.</summary>
    public void RestoreRow(int row, ReadOnlySpan<float> values)
    {
        for (int layer = 0; layer < _cells.Length; layer++)
        {
            int units = Shape.LayerSizes[layer];
            values[..units].CopyTo(_cells[layer].AsSpan(row * units));
            values.Slice(units, units).CopyTo(_hiddens[layer].AsSpan(row * units));
            values = values[(2 * units)..];
        }
    }
}
