using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Training;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn.Training;

public sealed class NoteRnnSequencesTests
{
    public static TheoryData<int, int[]> Shapes => new()
    {
        { 38, [20] },
        { 7, [5, 9] },
        { 29, [17, 6] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Loss_agrees_with_the_plain_net_in_double_precision(int classes, int[] layers)
    {
        NoteRnnShape shape = new(classes, [.. layers]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 1, 0.5);
        int[][] melodies = Melodies(classes, 5, 9, 2, 1, 9, 30);
        PredictionSums sums = Judge(new NoteRnnSequences(shape), weights, new SequenceBatch(melodies, classes));
        double[] exact = [.. weights.Values.Select(value => (double)value)];
        Assert.Equal(melodies.Sum(melody => melody.Length - 1), sums.Events);
        Assert.Equal(PlainNats(shape, exact, melodies), sums.Nats, 2e-4);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradient_agrees_with_finite_differences_in_double_precision(int classes, int[] layers)
    {
        NoteRnnShape shape = new(classes, [.. layers]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 2, 0.5), gradient = RandomNets.Weights(shape, 3);
        int[][] melodies = Melodies(classes, 4, 13, 2, 13, 40);
        NoteRnnSequences sequences = new(shape);

        // A batch before, so that what it left in the buffers would show.
        Learn(sequences, weights, new SequenceBatch(Melodies(classes, 60, 50, 3), classes), gradient);
        PredictionSums sums = Learn(sequences, weights, new SequenceBatch(melodies, classes), gradient);

        const double Delta = 1e-5;
        double[] exact = [.. weights.Values.Select(value => (double)value)];
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            for (int i = variable.Offset; i < variable.Offset + variable.Length; i += Math.Max(1, variable.Length / 40))
            {
                double kept = exact[i];
                exact[i] = kept + Delta;
                double up = PlainNats(shape, exact, melodies);
                exact[i] = kept - Delta;
                double down = PlainNats(shape, exact, melodies);
                exact[i] = kept;
                double expected = (up - down) / (2 * Delta) / sums.Events;
                Assert.True(
                    Math.Abs(expected - gradient.Values[i]) < 1e-6 + (1e-4 * Math.Abs(expected)),
                    $"{variable.Name}[{i - variable.Offset}]: finite difference {expected}, gradient {gradient.Values[i]}");
            }
        }
    }

    [Fact]
    public void Gradient_under_dropout_is_that_of_the_loss_under_the_same_dropout()
    {
        NoteRnnShape shape = new(9, [12, 8]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 4, 0.7), gradient = new(shape);
        NoteRnnSequences sequences = new(shape);
        SequenceBatch batch = new(Melodies(9, 12, 30, 21), 9);
        double Nats() => Judge(sequences, weights, batch, 0.4f).Nats;
        Assert.NotEqual(Judge(sequences, weights, batch).Nats, Nats());
        Learn(sequences, weights, batch, gradient, 0.4f);

        const float Delta = 1e-2f;
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            for (int i = variable.Offset; i < variable.Offset + variable.Length; i += Math.Max(1, variable.Length / 20))
            {
                float kept = weights.Values[i];
                weights.Values[i] = kept + Delta;
                double up = Nats();
                weights.Values[i] = kept - Delta;
                double down = Nats();
                weights.Values[i] = kept;
                Assert.Equal((up - down) / (2 * Delta) / batch.Layout.Rows, gradient.Values[i], 3e-4);
            }
        }
    }

    [Fact]
    public void Logits_are_those_of_the_step_that_tuning_uses()
    {
        NoteRnnShape shape = new(38, [100]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 6, 0.3);
        int[] melody = Melodies(38, 50)[0];
        double nats = 0;
        NoteRnnStep step = new(shape, 1);
        NoteRnnState before = new(shape, 1), after = new(shape, 1);
        float[] logits = new float[38];
        for (int t = 0; t + 1 < melody.Length; t++)
        {
            step.Forward(weights, [melody[t]], before, after, logits);
            nats -= Softmax.LogProbability(logits, melody[t + 1]);
            (before, after) = (after, before);
        }

        Assert.Equal(nats, NoteRnnEvaluation.Of(weights, [melody]).Nats, 1e-3);
    }

    [Fact]
    public void Figures_are_those_counted_by_hand()
    {
        // One unit that does nothing: the output's bias alone decides, and class 3 is the most probable.
        NoteRnnWeights weights = new(new NoteRnnShape(4, [1]));
        new float[] { 0, 0, 0, MathF.Log(5) }.CopyTo(weights.OutputBias);
        PredictionSums sums = NoteRnnEvaluation.Of(weights, [[3, 3, 0, 2, 3], [1, 0]]);
        Assert.Equal((5, 2, 3, 2), (sums.Events, sums.Right, sums.Notes, sums.NotesRight));
        Assert.Equal(((3 * Math.Log(8)) + (2 * Math.Log(8.0 / 5))) / 5, sums.Loss, 1e-6);
        Assert.Equal((0.4, 2 / 3.0), (sums.Accuracy, sums.NoteAccuracy));
        Assert.Equal(Math.Exp(sums.Loss), sums.Perplexity);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Melodies_made_step_by_step_give_the_bits_of_the_whole_batch(int classes, int[] layers)
    {
        NoteRnnShape shape = new(classes, [.. layers]);
        NoteRnnWeights weights = RandomNets.Weights(shape, 7, 0.5), expected = new(shape), found = new(shape);
        int[][] melodies = Melodies(classes, 12, 12, 12, 12, 12);
        SequenceBatch batch = new(melodies, classes);
        NoteRnnSequences sequences = new(shape);
        float[] logits = sequences.Forward(weights, batch).ToArray();
        sequences.Backward(weights, logits, expected);
        sequences.Begin(melodies.Length, steps: 11);
        for (int step = 0; step < 11; step++)
        {
            Assert.Equal(logits.AsSpan(step * 5 * classes, 5 * classes).ToArray(), sequences.Next(weights, batch.InputsOf(step)).ToArray());
        }

        sequences.Backward(weights, logits, found);
        Assert.Equal(expected.Values, found.Values);
        Assert.Throws<InvalidOperationException>(() => sequences.Backward(weights, logits, found));
    }

    private static PredictionSums Judge(NoteRnnSequences sequences, NoteRnnWeights weights, SequenceBatch batch, float dropout = 0) =>
        PredictionSums.Differentiate(sequences.Forward(weights, batch, dropout, new RandomSource(5, "dropout")), batch.Targets);

    private static PredictionSums Learn(
        NoteRnnSequences sequences, NoteRnnWeights weights, SequenceBatch batch, NoteRnnWeights gradient, float dropout = 0)
    {
        Span<float> logits = sequences.Forward(weights, batch, dropout, new RandomSource(5, "dropout"));
        PredictionSums sums = PredictionSums.Differentiate(logits, batch.Targets);
        System.Numerics.Tensors.TensorPrimitives.Divide(logits, batch.Layout.Rows, logits);
        sequences.Backward(weights, logits, gradient);
        return sums;
    }

    private static int[][] Melodies(int classes, params int[] lengths)
    {
        RandomSource random = new(9, "melodies");
        return [.. lengths.Select(length => Enumerable.Range(0, length).Select(_ => random.Next(classes)).ToArray())];
    }

    private static double PlainNats(NoteRnnShape shape, double[] weights, int[][] melodies)
    {
        double nats = 0;
        foreach (int[] melody in melodies)
        {
            double[][] cells = [.. shape.LayerSizes.Select(units => new double[units])], hiddens = [.. shape.LayerSizes.Select(units => new double[units])];
            for (int t = 0; t + 1 < melody.Length; t++)
            {
                double[] logits = PlainNoteRnn.Step(shape, weights, melody[t], cells, hiddens);
                nats += Math.Log(logits.Sum(Math.Exp)) - logits[melody[t + 1]];
            }
        }

        return nats;
    }
}
