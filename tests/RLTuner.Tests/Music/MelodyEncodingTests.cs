using RLTuner.Music;

namespace RLTuner.Tests.Music;

public sealed class MelodyEncodingTests
{
    [Fact]
    public void The_published_classes_mean_what_the_checkpoints_were_trained_on()
    {
        MelodyEncoding encoding = MelodyEncoding.Default;
        Assert.True(encoding.EventOf(0).IsHold);
        Assert.True(encoding.EventOf(1).IsNoteOff);
        Assert.Equal(new Pitch(48), encoding.EventOf(2).Pitch);
        Assert.Equal(new Pitch(60), encoding.EventOf(14).Pitch);
        Assert.Equal(new Pitch(83), encoding.EventOf(37).Pitch);
        Assert.Equal("38 classes, C3 to B5", encoding.ToString());
    }

    [Theory]
    [InlineData(48, 38)]
    [InlineData(48, 29)]
    [InlineData(0, 130)]
    [InlineData(127, 3)]
    public void Classes_and_events_name_each_other(int lowest, int classes)
    {
        MelodyEncoding encoding = new MelodyEncoding(new Pitch(lowest), classes).Validated();
        for (int number = 0; number < classes; number++)
        {
            MelodyEvent @event = encoding.EventOf(number);
            Assert.True(encoding.Contains(@event));
            Assert.Equal(number, encoding.ClassOf(@event));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => encoding.EventOf(classes));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoding.EventOf(-1));
        Assert.False(encoding.Contains(new Pitch(lowest - 1)));
        Assert.False(encoding.Contains(new Pitch(lowest + classes - 2)));
    }

    [Theory]
    [InlineData(48, 2)]
    [InlineData(-1, 38)]
    [InlineData(92, 39)]
    [InlineData(100, int.MaxValue)]
    public void Encodings_that_do_not_fit_midi_are_refused(int lowest, int classes) =>
        Assert.Throws<ArgumentException>(() => new MelodyEncoding(new Pitch(lowest), classes).Validated());

    [Fact]
    public void An_event_outside_the_encoding_has_no_class() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyEncoding.Default.ClassOf(MelodyEvent.NoteOn(new Pitch(84))));
}
