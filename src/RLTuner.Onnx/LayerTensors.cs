namespace RLTuner.Onnx;

/// <summary>
/// A layer's parameters in the order of ONNX's LSTM, and back, bit for bit. Ours are [rows, 4·units] with the gates i, j, f, o side by side; ONNX's are
/// [4·units, rows] with the gates i, o, f, c one below the other, c being our j.
/// </summary>
internal static class LayerTensors
{
    /// <summary>Which of our gates each of ONNX's is.</summary>
    private static readonly int[] Gates = [0, 3, 2, 1];

    private const int ForgetGate = 2;

    /// <summary>W or R: some rows of our kernel.</summary>
    /// <param name="rows">[rows, 4·units].</param>
    /// <param name="units">Units of the layer.</param>
    /// <returns>[4·units, rows].</returns>
    public static float[] ToOnnx(ReadOnlySpan<float> rows, int units)
    {
        float[] transposed = new float[rows.Length];
        int count = rows.Length / (4 * units);
        for (int column = 0; column < 4 * units; column++)
        {
            int own = OwnColumn(column, units);
            for (int row = 0; row < count; row++)
            {
                transposed[(column * count) + row] = rows[(row * 4 * units) + own];
            }
        }

        return transposed;
    }

    /// <summary>The way back from <see cref="ToOnnx"/>.</summary>
    public static void FromOnnx(ReadOnlySpan<float> transposed, int units, Span<float> rows)
    {
        int count = rows.Length / (4 * units);
        for (int column = 0; column < 4 * units; column++)
        {
            int own = OwnColumn(column, units);
            for (int row = 0; row < count; row++)
            {
                rows[(row * 4 * units) + own] = transposed[(column * count) + row];
            }
        }
    }

    /// <summary>The second of ONNX's two biases: the 1 that is added to the forget gate, so that the first keeps our bits.</summary>
    public static float[] ForgetBias(int units)
    {
        float[] bias = new float[4 * units];
        bias.AsSpan(ForgetGate * units, units).Fill(1);
        return bias;
    }

    private static int OwnColumn(int column, int units) => (Gates[column / units] * units) + (column % units);
}
