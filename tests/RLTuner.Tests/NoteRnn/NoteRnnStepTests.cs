using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.Tests.NoteRnn;

public sealed class NoteRnnStepTests
{
    public static TheoryData<int, int[], int, int> Shapes => new()
    {
        { 38, [100], 32, 0 },
        { 29, [64, 64], 5, 0 },
        { 5, [3], 1, 0 },
        { 7, [4, 9, 2], 3, 0 },
        { 38, [17, 24], 4, 0 },
        { 6, [5, 4], 7, 5 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_agrees_with_the_plain_net_in_double_precision(int classes, int[] layers, int batch, int positions)
    {
        NoteRnnShape shape = new(classes, [.. layers], positions);
        NoteRnnWeights weights = RandomNets.Weights(shape, 11, 0.5);
        double[] exact = [.. weights.Values.Select(value => (double)value)];
        NoteRnnState before = RandomNets.State(shape, batch, 12), after = new(shape, batch);
        int[] events = [.. Enumerable.Range(0, batch).Select(row => (row * 3) % classes)];
        int[] steps = [.. Enumerable.Range(-1, batch)];
        float[] logits = new float[batch * classes];
        new NoteRnnStep(shape, batch).Forward(weights, events, before, after, logits, steps);

        for (int row = 0; row < batch; row++)
        {
            double[][] cells = [.. layers.Select((units, layer) => Doubles(before.Cell(layer).Slice(row * units, units)))];
            double[][] hiddens = [.. layers.Select((units, layer) => Doubles(before.Hidden(layer).Slice(row * units, units)))];
            double[] expected = PlainNoteRnn.Step(shape, exact, events[row], cells, hiddens, steps[row]);
            AssertClose(expected, logits.AsSpan(row * classes, classes), 2e-5);
            for (int layer = 0; layer < layers.Length; layer++)
            {
                AssertClose(cells[layer], after.Cell(layer).Slice(row * layers[layer], layers[layer]), 1e-5);
                AssertClose(hiddens[layer], after.Hidden(layer).Slice(row * layers[layer], layers[layer]), 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_agrees_with_finite_differences(int classes, int[] layers, int batch, int positions)
    {
        NoteRnnShape shape = new(classes, [.. layers], positions);
        NoteRnnWeights weights = RandomNets.Weights(shape, 21, 0.5);
        NoteRnnState before = RandomNets.State(shape, batch, 22), after = new(shape, batch);
        int[] events = [.. Enumerable.Range(0, batch).Select(row => (row * 5) % classes)];
        int[] steps = [.. Enumerable.Range(-1, batch)];
        float[] logits = new float[batch * classes];

        // The loss is Σ slope·logit with fixed slopes, so its gradient by the logits is the slopes.
        float[] slopes = new float[batch * classes];
        RandomNets.Weights(shape, 23).Values.AsSpan(0, Math.Min(slopes.Length, weights.Values.Length)).CopyTo(slopes);
        NoteRnnWeights gradient = RandomNets.Weights(shape, 24);
        NoteRnnStep step = new(shape, batch);
        step.Forward(weights, events, before, after, logits, steps);
        step.Backward(weights, slopes, gradient);

        double[] exact = [.. weights.Values.Select(value => (double)value)];
        double Loss()
        {
            double loss = 0;
            for (int row = 0; row < batch; row++)
            {
                double[][] cells = [.. layers.Select((units, layer) => Doubles(before.Cell(layer).Slice(row * units, units)))];
                double[][] hiddens = [.. layers.Select((units, layer) => Doubles(before.Hidden(layer).Slice(row * units, units)))];
                double[] y = PlainNoteRnn.Step(shape, exact, events[row], cells, hiddens, steps[row]);
                loss += y.Select((value, i) => value * slopes[(row * classes) + i]).Sum();
            }

            return loss;
        }

        const double Delta = 1e-5;
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            int stride = Math.Max(1, variable.Length / 40);
            for (int i = variable.Offset; i < variable.Offset + variable.Length; i += stride)
            {
                double kept = exact[i];
                exact[i] = kept + Delta;
                double up = Loss();
                exact[i] = kept - Delta;
                double down = Loss();
                exact[i] = kept;
                double expected = (up - down) / (2 * Delta);
                Assert.True(
                    Math.Abs(expected - gradient.Values[i]) < 2e-5 * (1 + Math.Abs(expected)),
                    $"{variable.Name}[{i - variable.Offset}]: finite difference {expected}, gradient {gradient.Values[i]}");
            }
        }
    }

    [Fact]
    public void Positions_change_nothing_until_they_are_learned()
    {
        NoteRnnShape shape = new(38, [10, 7]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 41), wider = weights.With(new StepInput(32));
        NoteRnnState before = RandomNets.State(shape, 3, 42), after = new(shape, 3);
        float[] plain = new float[3 * 38], positioned = new float[3 * 38];
        new NoteRnnStep(shape, 3).Forward(weights, [0, 14, 37], before, after, plain);
        new NoteRnnStep(wider.Shape, 3).Forward(wider, [0, 14, 37], before, after, positioned, [0, 31, -1]);
        Assert.Equal(plain, positioned);
    }

    [Fact]
    public void A_melody_gets_the_same_logits_alone_and_in_a_batch()
    {
        NoteRnnShape shape = new(38, [100]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 31, 0.3);
        NoteRnnState batchBefore = RandomNets.State(shape, 9, 32), batchAfter = new(shape, 9);
        int[] events = [0, 1, 2, 3, 14, 20, 30, 36, 37];
        float[] together = new float[9 * 38], alone = new float[38];
        new NoteRnnStep(shape, 9).Forward(weights, events, batchBefore, batchAfter, together);
        float[] row = new float[batchBefore.RowLength];
        for (int melody = 0; melody < 9; melody++)
        {
            NoteRnnState before = new(shape, 1), after = new(shape, 1);
            batchBefore.SaveRow(melody, row);
            before.RestoreRow(0, row);
            new NoteRnnStep(shape, 1).Forward(weights, events.AsSpan(melody, 1), before, after, alone);
            Assert.Equal(together[(melody * 38)..((melody + 1) * 38)], alone);
        }
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = values[i];
        }

        return result;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], tolerance);
        }
    }
}
