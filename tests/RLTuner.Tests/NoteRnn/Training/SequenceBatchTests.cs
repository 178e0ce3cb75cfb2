using RLTuner.NoteRnn.Training;

namespace RLTuner.Tests.NoteRnn.Training;

public sealed class SequenceBatchTests
{
    [Fact]
    public void Steps_hold_the_melodies_that_go_on_the_longest_first()
    {
        SequenceBatch batch = new([[5, 6], [10, 11, 12, 13], [20, 21, 22]], 38);
        SequenceLayout layout = batch.Layout;
        Assert.Equal((3, 3, 6), (batch.Layout.Width, batch.Layout.Steps, batch.Layout.Rows));
        Assert.Equal([10, 20, 5, 11, 21, 12], batch.Inputs.ToArray().Select(input => input.Row));
        Assert.Equal([11, 21, 6, 12, 22, 13], batch.Targets.ToArray());
        Assert.Equal((0, 3, 5), (layout.Start(0), layout.Start(1), layout.Start(2)));
        Assert.Equal((3, 2, 1), (layout.Count(0), layout.Count(1), layout.Count(2)));
        Assert.Equal((0, 1, 3), (layout.Before(1, 3), layout.Before(1, 4), layout.Before(2, 5)));
    }

    [Fact]
    public void Melodies_without_a_second_event_have_nothing_to_predict()
    {
        SequenceBatch batch = new([[7], [], [1, 2]], 38);
        Assert.Equal((1, 1, 1), (batch.Layout.Width, batch.Layout.Steps, batch.Layout.Rows));
        SequenceBatch none = new([[7], []], 38);
        Assert.Equal((0, 0, 0), (none.Layout.Width, none.Layout.Steps, none.Layout.Rows));
    }

    [Fact]
    public void Holds_of_the_last_note_are_left_out()
    {
        Assert.Equal([14, 0, 16], TrainingBatches.WithoutLastHolds([14, 0, 16, 0, 0]));
        Assert.Equal([14, 0, 1], TrainingBatches.WithoutLastHolds([14, 0, 1]));
        Assert.Empty(TrainingBatches.WithoutLastHolds([0, 0]));
    }

    [Fact]
    public void Cutting_long_melodies_loses_no_prediction()
    {
        int[] melody = [.. Enumerable.Range(0, 23)];
        MelodyPart[] parts = [.. new[] { melody, [1], [3, 4] }.SelectMany(each => MelodyPart.Cut(each, 16, first: 1, longest: 5))];
        Assert.All(parts, part => Assert.InRange(part.Length, 1, 5));
        Assert.Equal([.. melody[1..], 4], parts.SelectMany(part => part.Targets.ToArray()));
        Assert.Equal(melody, MelodyPart.Cut(melody, 16, first: 0, longest: 5).SelectMany(part => part.Targets.ToArray()));
    }
}
