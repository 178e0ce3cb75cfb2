using RLTuner.Learning.Q.Replay;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Learning.Q;

public sealed class ReplayBufferTests
{
    private static readonly NoteRnnShape Shape = new(200, [3, 2]);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(5, 5)]
    [InlineData(5, 13)]
    public void Keeps_the_newest_and_draws_them_evenly(int capacity, int added)
    {
        ReplayBuffer replay = Filled(capacity, added);
        Assert.Equal(Math.Min(capacity, added), replay.Count);
        Minibatch batch = new(Shape, 1);
        RandomSource random = new(1, "replay");
        Dictionary<int, int> drawn = [];
        for (int i = 0; i < 2000; i++)
        {
            replay.Sample(batch, random);
            drawn[batch.Inputs[0].Row] = drawn.GetValueOrDefault(batch.Inputs[0].Row) + 1;
        }

        Assert.Equal(Enumerable.Range(added - replay.Count, replay.Count), drawn.Keys.Order());
        Assert.All(drawn.Values, count => Assert.InRange(count, 0.8 * 2000 / replay.Count, 1.2 * 2000 / replay.Count));
    }

    [Fact]
    public void Gives_back_each_transition_with_its_three_states()
    {
        ReplayBuffer replay = Filled(7, 20);
        Minibatch batch = new(Shape, 6);
        replay.Sample(batch, new RandomSource(2, "replay"));
        for (int row = 0; row < 6; row++)
        {
            int number = batch.Inputs[row].Row;
            Assert.Equal((number + 1, number + 2), (batch.Actions[row], batch.NextInputs[row].Row));
            Assert.Equal(number / 8f, batch.Rewards[row]);
            Assert.Equal(number % 3 == 0, batch.Ended[row]);
            Assert.Equal(RowOf(State(number), 0), RowOf(batch.State, row));
            Assert.Equal(RowOf(State(number + 1000), 0), RowOf(batch.NextState, row));
            Assert.Equal(RowOf(State(number + 2000), 0), RowOf(batch.NextPriorState, row));
        }
    }

    [Fact]
    public void A_batch_holds_no_transition_twice_and_any_set_of_them_is_as_likely()
    {
        ReplayBuffer replay = Filled(5, 5);
        Minibatch batch = new(Shape, 2);
        RandomSource random = new(3, "replay");
        Dictionary<(int, int), int> pairs = [];
        for (int i = 0; i < 4000; i++)
        {
            replay.Sample(batch, random);
            (int, int) pair = (batch.Inputs[0].Row, batch.Inputs[1].Row);
            Assert.NotEqual(pair.Item1, pair.Item2);
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }

        Assert.Equal(20, pairs.Count);
        Assert.All(pairs.Values, count => Assert.InRange(count, 140, 270));
    }

    [Fact]
    public void A_batch_may_be_all_there_is_but_not_more()
    {
        Minibatch batch = new(Shape, 6);
        Filled(6, 9).Sample(batch, new RandomSource(1, "replay"));
        Assert.Equal([3, 4, 5, 6, 7, 8], batch.Inputs.Select(input => input.Row).Order());
        Assert.Throws<InvalidOperationException>(() => Filled(6, 5).Sample(batch, new RandomSource(1, "replay")));
        Assert.Throws<InvalidOperationException>(() => Filled(6, 0).Sample(new Minibatch(Shape, 1), new RandomSource(1, "replay")));
    }

    private static ReplayBuffer Filled(int capacity, int added)
    {
        ReplayBuffer replay = new(Shape, capacity, keepsPriorStates: true);
        for (int i = 0; i < added; i++)
        {
            replay.Add(new Transition(i + 1, i / 8f, i % 3 == 0), [new(i)], [new(i + 2)], State(i), State(i + 1000), State(i + 2000));
        }

        return replay;
    }

    private static NoteRnnState State(int seed) => RandomNets.State(Shape, 1, (ulong)seed);

    private static float[] RowOf(NoteRnnState state, int row)
    {
        float[] values = new float[state.RowLength];
        state.SaveRow(row, values);
        return values;
    }
}
