using RLTuner.NoteRnn;

namespace RLTuner.Tests.NoteRnn;

/// <summary>The Note RNN as its formulas read, in double precision, one number after another: an oracle that shares no code with the library.</summary>
internal static class PlainNoteRnn
{
    /// <summary>Feeds one event to one melody and returns the logits.</summary>
    public static double[] Step(NoteRnnShape shape, double[] weights, int note, double[][] cells, double[][] hiddens, int position = -1)
    {
        int at = 0;
        double[] input = new double[shape.Inputs.Width];
        input[note] = 1;
        if (position >= 0 && position < shape.Inputs.Width - shape.Classes)
        {
            input[shape.Classes + position] = 1;
        }

        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            int units = shape.LayerSizes[layer];
            double[] x = [.. input, .. hiddens[layer]];
            double[] sums = Dense(weights, ref at, x, 4 * units);
            double[] cell = new double[units], hidden = new double[units];
            for (int u = 0; u < units; u++)
            {
                cell[u] = (cells[layer][u] * Sigmoid(sums[(2 * units) + u] + 1)) + (Sigmoid(sums[u]) * Math.Tanh(sums[units + u]));
                hidden[u] = Sigmoid(sums[(3 * units) + u]) * Math.Tanh(cell[u]);
            }

            (cells[layer], hiddens[layer], input) = (cell, hidden, hidden);
        }

        return Dense(weights, ref at, input, shape.Classes);
    }

    private static double[] Dense(double[] weights, ref int at, double[] x, int columns)
    {
        double[] y = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            y[column] = weights[at + (x.Length * columns) + column];
            for (int row = 0; row < x.Length; row++)
            {
                y[column] += x[row] * weights[at + (row * columns) + column];
            }
        }

        at += (x.Length + 1) * columns;
        return y;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
