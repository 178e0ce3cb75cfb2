using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Packed;

/// <summary>
/// The gradient that one share's columns hand down to the rows of their kernel, dX = dY·Wᵀ, summed panel after panel. Kept transposed, as
/// [rows, batch rounded up to 16]: then the weights are read as they lie and only the gradients of the columns are turned. Checked as
/// part of <see cref="PackedStep"/>.
/// </summary>
/// <param name="rows">The most rows that it is used for.</param>
/// <param name="columns">The most columns of a panel.</param>
/// <param name="batch">Rows of dY.</param>
internal sealed unsafe class HandedDown(int rows, int columns, int batch)
{
    private readonly int _padded = PackedLayout.PaddedToRegisters(batch);
    private readonly PinnedFloats _turned = new(columns * PackedLayout.PaddedToRegisters(batch));
    private PinnedFloats _sum = new(rows * PackedLayout.PaddedToRegisters(batch)), _next = new(rows * PackedLayout.PaddedToRegisters(batch));
    private bool _isZero = true;

    /// <summary>Starts from zero.</summary>
    public void Clear() => _isZero = true;

    /// <summary>Adds what a panel hands down.</summary>
    /// <param name="kernel">[count, columns].</param>
    /// <param name="count">Rows of the kernel.</param>
    /// <param name="gradient">dY, [batch, columns].</param>
    /// <param name="width">Columns of the panel.</param>
    public void Add(float* kernel, int count, float* gradient, int width)
    {
        float* turned = _turned.Address;
        for (int column = 0; column < width; column++)
        {
            for (int row = 0; row < batch; row++)
            {
                turned[(column * _padded) + row] = gradient[(row * width) + column];
            }
        }

        if (_isZero)
        {
            _sum.Span[..(count * _padded)].Clear();
            _isZero = false;
        }

        MatrixProduct.MultiplyPinned(new(count, _padded, width, kernel, width, 1, turned, _padded, _sum.Address, _padded, _next.Address));
        (_sum, _next) = (_next, _sum);
    }

    /// <summary>Adds a range of rows to dX, which lies by columns of another panel: [batch, width].</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="gradient">Is added to.</param>
    /// <param name="width">Distance between its rows.</param>
    public void AddTo(int first, int count, Span<float> gradient, int width)
    {
        for (int unit = 0; unit < count && !_isZero; unit++)
        {
            float* from = _sum.Address + ((first + unit) * _padded);
            for (int row = 0; row < batch; row++)
            {
                gradient[(row * width) + unit] += from[row];
            }
        }
    }
}
