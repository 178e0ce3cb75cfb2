using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn;

/// <summary>Oracle: <see cref="NoteRnnStep"/>.</summary>
public sealed class PackedStepTests
{
    /// <summary>In the place of positions: every kind of input, factors and silence among them.</summary>
    private const int AllInputs = -1;

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
        { 38, 9, AllInputs, [20, 7] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Packing_and_unpacking_gives_the_net_back(int classes, int batch, int positions, int[] layers)
    {
        NoteRnnShape shape = Shape(classes, positions, layers);
        NoteRnnWeights net = RandomNets.Weights(shape, (ulong)batch);
        PackedLayout layout = new(shape);
        PackedWeights packed = new(layout, net);
        Assert.Equal(net.Values, packed.ToPlain().Values);
        Assert.Equal(net.Values.Sum(value => (double)value), packed.Values.Span.ToArray().Sum(value => (double)value), 1e-6);
        Assert.Equal(layout.Length, Enumerable.Range(0, PackedLayout.Shares).Sum(share => layout.Blocks(share).ToArray().Sum(block => block.Length)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_gives_the_plain_steps_bits(int classes, int batch, int positions, int[] layers)
    {
        Both both = new(Shape(classes, positions, layers), batch);
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
        Both both = new(Shape(classes, positions, layers), batch);
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

    private static NoteRnnShape Shape(int classes, int positions, int[] layers) => positions == AllInputs
        ? new(classes, [.. layers], NoteRnnInputs.Parse("event bars-ago:1 bar step:3 end", classes))
        : new(classes, [.. layers], positions);

    private sealed class Both
    {
        private readonly NoteRnnShape _shape;
        private readonly NoteRnnWeights _net;
        private readonly NoteRnnStep _plain;
        private readonly NoteRnnState _before;
        private readonly InputRow[] _inputs;
        private readonly int _batch;

        public Both(NoteRnnShape shape, int batch)
        {
            RandomSource random = new(7, "events");
            (_shape, _batch) = (shape, batch);
            _net = RandomNets.Weights(shape, 1, 0.3);
            _plain = new NoteRnnStep(shape, batch);
            _before = RandomNets.State(shape, batch, 2);
            _inputs = new InputRow[batch * shape.Inputs.MostRows];
            for (int row = 0; row < batch; row++)
            {
                int[] heard = [.. Enumerable.Range(0, shape.Inputs.Has<BarInput>() ? row : 1 + row).Select(_ => random.Next(shape.Classes))];
                int step = random.Next(shape.Inputs.Width - shape.Classes + 2) - 1;
                shape.Inputs.Encode(new HeardSoFar(heard, step, new MelodyPlan(5, 32)), _inputs.AsSpan(row * shape.Inputs.MostRows, shape.Inputs.MostRows));
            }

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
            _plain.Forward(_net, _inputs, _before, PlainAfter, PlainLogits);
            Step.Hear(_inputs, _before, After);
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

            found = packed.ToPlain();
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
