using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn;

/// <summary>Oracle: <see cref="NoteRnnStep"/>.</summary>
public sealed class PackedStepTests
{
    /// <summary>Classes, batch, positions, layers.</summary>
    public static TheoryData<int, int, int, int[]> Shapes() => new()
    {
        { 38, 32, 0, [100] },
        { 38, 1, 0, [100] },
        { 29, 5, 0, [1] },
        { 256, 3, 0, [17] },
        { 3, 2, 7, [2] },
        { 38, 7, 32, [4, 31] },
        { 40, 33, 0, [64, 5, 23] },
        { 16, 4, 3, [8] },
        { 30, 13, 0, [13] },
        { 50, 8, 0, [112, 16] },
        { 38, 19, 0, [1, 1] },
        { 38, 6, 0, [127] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Packing_and_unpacking_gives_the_net_back(int classes, int batch, int positions, int[] layers)
    {
        NoteRnnShape shape = new(classes, [.. layers], positions);
        NoteRnnWeights net = RandomNets.Weights(shape, (ulong)batch), back = new(shape);
        PackedLayout layout = new(shape);
        PackedWeights packed = new(layout, net);
        packed.Unpack(back);
        Assert.Equal(net.Values, back.Values);
        Assert.Equal(net.Values.Sum(value => (double)value), packed.Values.Span.ToArray().Sum(value => (double)value), 1e-6);
        Assert.Equal(layout.Length, Enumerable.Range(0, PackedLayout.Shares).Sum(share => layout.Blocks(share).ToArray().Sum(block => block.Length)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_gives_the_plain_steps_bits(int classes, int batch, int positions, int[] layers)
    {
        Both both = new(new NoteRnnShape(classes, [.. layers], positions), batch);
        both.Forward();
        Assert.Equal(both.PlainLogits, both.Unfilled(both.Logits));
        for (int layer = 0; layer < layers.Length; layer++)
        {
            Assert.Equal(both.PlainAfter.Hidden(layer).ToArray(), both.After.Hidden(layer).ToArray());
            Assert.Equal(both.PlainAfter.Cell(layer).ToArray(), both.After.Cell(layer).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_gives_the_plain_steps_gradient(int classes, int batch, int positions, int[] layers)
    {
        Both both = new(new NoteRnnShape(classes, [.. layers], positions), batch);
        RandomSource random = new(4, "gradients");
        int[] actions = [.. Enumerable.Range(0, batch).Select(_ => random.Next(classes))];
        float[] scores = [.. actions.Select(_ => (float)random.NextDouble() - 0.4f)], known = new float[batch * classes];
        for (int row = 0; row < batch; row++)
        {
            known[(row * classes) + actions[row]] = scores[row];
        }

        both.AssertGradient(known, layers.Length, (gradient, share) => both.Step.BackwardScores(both.Packed, gradient, actions, scores, share));
        float[] all = [.. known.Select(_ => (float)random.NextDouble() - 0.5f)];
        PinnedFloats filled = both.Filled(all);
        both.AssertGradient(all, layers.Length, (gradient, share) => both.Step.BackwardLogits(both.Packed, gradient, filled, share));
    }

    private sealed class Both
    {
        private readonly NoteRnnShape _shape;
        private readonly NoteRnnWeights _net;
        private readonly NoteRnnStep _plain;
        private readonly NoteRnnState _before;
        private readonly int[] _events, _positions;
        private readonly int _batch;

        public Both(NoteRnnShape shape, int batch)
        {
            RandomSource random = new(7, "events");
            (_shape, _batch) = (shape, batch);
            _net = RandomNets.Weights(shape, 1, 0.3);
            _plain = new NoteRnnStep(shape, batch);
            _before = RandomNets.State(shape, batch, 2);
            _events = [.. Enumerable.Range(0, batch).Select(_ => random.Next(shape.Classes))];
            _positions = [.. _events.Select(_ => random.Next(shape.Inputs.Width - shape.Classes + 2) - 1)];
            PlainAfter = new NoteRnnState(shape, batch);
            After = new NoteRnnState(shape, batch);
            Packed = new PackedWeights(new PackedLayout(shape), _net);
            Step = new PackedStep(Packed.Layout, batch);
            PlainLogits = new float[batch * shape.Classes];
            Logits = new PinnedFloats(batch * Packed.Layout.ClassColumns);
        }

        public PackedStep Step { get; }

        public PackedWeights Packed { get; }

        public NoteRnnState PlainAfter { get; }

        public NoteRnnState After { get; }

        public float[] PlainLogits { get; }

        public PinnedFloats Logits { get; }

        public void Forward()
        {
            _plain.Forward(_net, _events, _before, PlainAfter, PlainLogits, _positions);
            Step.Hear(_events, _positions, _before, After);
            for (int layer = 0; layer < _shape.LayerSizes.Length; layer++)
            {
                Step.Forward(Packed, layer, share: 1);
                Step.Forward(Packed, layer, share: 0);
            }

            Step.Output(Packed, Logits);
        }

        public void AssertGradient(float[] logitGradients, int layers, Action<PackedWeights, int> output)
        {
            NoteRnnWeights expected = new(_shape), found = new(_shape);
            PackedWeights packed = new(Packed.Layout);
            packed.Values.Span.Fill(float.NaN);
            Forward();
            _plain.Backward(_net, logitGradients, expected);
            output(packed, 1);
            output(packed, 0);
            for (int layer = layers - 1; layer >= 0; layer--)
            {
                Step.Backward(Packed, packed, layer, share: 0);
                Step.Backward(Packed, packed, layer, share: 1);
            }

            packed.Unpack(found);
            foreach ((int index, NoteRnnWeights.Variable variable) in expected.Variables.Index())
            {
                float[] of = expected.Values[variable.Offset..(variable.Offset + variable.Length)];
                float[] its = found.Values[variable.Offset..(variable.Offset + variable.Length)];
                if (index >= 2 * (layers - 1))
                {
                    Assert.Equal(of, its);
                }
                else
                {
                    Assert.All(of.Zip(its), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
                }
            }

            // What fills panels up stays zero.
            Assert.Equal(found.Values.Count(value => value != 0), packed.Values.Span.ToArray().Count(value => value != 0));
        }

        public float[] Unfilled(PinnedFloats rows) =>
            [.. Enumerable.Range(0, _batch).SelectMany(row => rows.Span.Slice(row * Packed.Layout.ClassColumns, _shape.Classes).ToArray())];

        public PinnedFloats Filled(float[] rows)
        {
            PinnedFloats filled = new(_batch * Packed.Layout.ClassColumns);
            for (int row = 0; row < _batch; row++)
            {
                rows.AsSpan(row * _shape.Classes, _shape.Classes).CopyTo(filled.Span[(row * Packed.Layout.ClassColumns)..]);
            }

            return filled;
        }
    }
}
