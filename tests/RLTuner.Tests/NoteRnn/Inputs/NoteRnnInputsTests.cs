using RLTuner.NoteRnn.Inputs;

namespace RLTuner.Tests.NoteRnn.Inputs;

public sealed class NoteRnnInputsTests
{
    private static readonly NoteRnnInputs All = NoteRnnInputs.Parse("event bars-ago:1 bars-ago:2 bar step:7 end", 10);

    [Fact]
    public void The_words_of_inputs_come_back()
    {
        Assert.Equal("event bars-ago:1 bars-ago:2 bar step:7 end", All.ToString());
        Assert.Equal(All, NoteRnnInputs.Parse(All.ToString(), 10));
        Assert.NotEqual(All, NoteRnnInputs.Parse(All.ToString(), 11));
        Assert.NotEqual(All, NoteRnnInputs.Events(10));
        Assert.Equal(NoteRnnInputs.Events(10), NoteRnnInputs.Parse("event", 10));
        Assert.Equal((10 + 10 + 10 + 64 + 7 + 11, 1 + 1 + 1 + 2 + 1 + 2), (All.Width, All.MostRows));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bar")]
    [InlineData("event bars")]
    [InlineData("event bars-ago")]
    [InlineData("event bars-ago:0")]
    [InlineData("event bars-ago:99999999999")]
    [InlineData("event bar:1")]
    [InlineData("event step:x")]
    [InlineData("event bar bar bar bar bar bar bar bar bar bar bar bar bar bar bar bar")]
    public void Other_words_are_refused(string words) => Assert.Throws<FormatException>(() => NoteRnnInputs.Parse(words, 10));

    [Fact]
    public void Before_the_first_event_only_the_place_is_heard() =>
        Assert.Equal([-1, -1, -1, 30 + 0, 30 + 32 + 11, 94, 101 + 8, 101 + 9], Rows(All, [], step: 0, bar: 12, length: 26));

    [Fact]
    public void Events_one_and_two_bars_ago_are_those_before_the_step_that_comes()
    {
        int[] events = [2, 3, 4, 5, 6, 7];
        Assert.Equal([7, -1, -1], Rows(All, events, step: 6, bar: 12, length: 0)[..3]);
        Assert.Equal([4, 10 + 2, -1], Rows(All, events[..3], 3, bar: 3, length: 0)[..3]);
        Assert.Equal([7, 10 + 5, 20 + 2], Rows(All, events, 6, bar: 3, length: 0)[..3]);
    }

    [Theory]
    [InlineData(0, 16, 0, 16)]
    [InlineData(15, 16, 15, 1)]
    [InlineData(16, 16, 0, 16)]
    [InlineData(-3, 12, 9, 3)]
    [InlineData(40, 48, 31, 8)]
    [InlineData(3, 48, 3, 32)]
    public void The_bar_is_counted_from_both_ends(int step, int bar, int since, int left) =>
        Assert.Equal([since, 32 + left - 1], Rows(NoteRnnInputs.Events(10).With(new BarInput()), [1], step, bar, 0)[1..].Select(row => row - 10));

    [Fact]
    public void The_end_is_heard_finer_the_nearer_it_is()
    {
        NoteRnnInputs inputs = NoteRnnInputs.Events(10).With(new EndInput());
        InputRow[] rows = new InputRow[3];
        for (int left = 1; left <= 100; left++)
        {
            inputs.Encode(new HeardSoFar([1], 200 - left, new MelodyPlan(16, 200)), rows);
            Assert.Equal(1, rows[1..].Sum(row => row.Factor), 1e-6f);
        }

        inputs.Encode(new HeardSoFar([1], 190, new MelodyPlan(16, 200)), rows);
        Assert.Equal([new(1), new(10 + 5, 0.5f), new(10 + 6, 0.5f)], rows);
        Assert.Equal([1, -1, -1], Rows(inputs, [1], step: -1, bar: 16, length: 200));
        Assert.Equal([1, -1, -1], Rows(inputs, [1], step: 3, bar: 16, length: 0));
    }

    private static int[] Rows(NoteRnnInputs inputs, int[] events, int step, int bar, int length)
    {
        InputRow[] rows = new InputRow[inputs.MostRows];
        inputs.Encode(new HeardSoFar(events, step, new MelodyPlan(bar, length)), rows);
        return [.. rows.Select(row => row.Row)];
    }
}
