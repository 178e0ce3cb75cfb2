using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class LstmCellTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(29)]
    [InlineData(100)]
    public void Results_do_not_depend_on_the_width_of_registers(int units)
    {
        RandomSource random = new(1, "cell");
        float[] gates = Values(4 * units), before = Values(units), hiddenGradient = Values(units), cellGradient = Values(units);
        Assert.Equal(Run<Lanes8>(), Run<Lanes16>());

        float[] Values(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)((4 * random.NextDouble()) - 2))];

        float[] Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            float[] activations = [.. gates], cell = new float[units], tanh = new float[units], hidden = new float[units], gradient = [.. cellGradient];
            LstmCell.Forward<TLanes>(activations, before, cell, tanh, hidden);
            float[] forward = [.. activations, .. cell, .. tanh, .. hidden];
            LstmCell.Backward<TLanes>(activations, before, tanh, hiddenGradient, gradient);
            return [.. forward, .. activations, .. gradient];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(16)]
    public unsafe void Panels_give_the_bits_of_rows_whatever_the_width_of_registers(int units)
    {
        const int Rows = 7, Stride = 19;
        int width = (units + 3) / 4 * 4;
        RandomSource random = new(2, "panel");
        float[] gates = Filled(4 * Rows), before = [.. Enumerable.Range(0, Rows * Stride).Select(_ => (float)random.NextDouble())], hiddenGradient = Filled(Rows);
        float[] expected = [.. Enumerable.Range(0, Rows).SelectMany(ByRow)];
        Assert.Equal(expected, ByPanel<Lanes8>());
        Assert.Equal(expected, ByPanel<Lanes16>());

        // Rows of so many units, filled up with zeros to the width of a gate.
        float[] Filled(int rows) => [.. Enumerable.Range(0, rows * width).Select(i => i % width < units ? (float)((4 * random.NextDouble()) - 2) : 0)];

        IEnumerable<float> ByRow(int row)
        {
            float[] rowGates = [.. Enumerable.Range(0, 4).SelectMany(gate => gates.Skip((((row * 4) + gate) * width)).Take(units))];
            float[] c = before[(row * Stride)..((row * Stride) + units)], cell = new float[units], tanh = new float[units], hidden = new float[units];
            LstmCell.Forward(rowGates, c, cell, tanh, hidden);
            LstmCell.Backward(rowGates, c, tanh, hiddenGradient.AsSpan(row * width, units), new float[units]);
            return [.. rowGates, .. cell, .. hidden];
        }

        float[] ByPanel<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            float[] panelGates = [.. gates], cell = new float[Rows * Stride], tanh = new float[Rows * width], hidden = new float[Rows * Stride];
            LstmCell.PanelRows panel = new(Rows, units, width, Stride);
            fixed (float* g = panelGates, c = before, newC = cell, t = tanh, h = hidden, dh = hiddenGradient)
            {
                LstmCell.ForwardPanel<TLanes>(panel, g, c, newC, t, h);
                LstmCell.BackwardPanel<TLanes>(panel, g, c, t, dh);
            }

            return [.. Enumerable.Range(0, Rows).SelectMany(row => (float[])
            [
                .. Enumerable.Range(0, 4).SelectMany(gate => panelGates.Skip(((row * 4) + gate) * width).Take(units)),
                .. cell.Skip(row * Stride).Take(units),
                .. hidden.Skip(row * Stride).Take(units),
            ])];
        }
    }
}
