using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Tests.Music;

public sealed class MelodyTests
{
    [Fact]
    public void Notes_last_to_the_next_attack_note_off_or_end()
    {
        Melody melody = Melody.FromClasses([0, 1, 14, 0, 0, 16, 1, 0, 1, 18, 0], MelodyEncoding.Default);

        Assert.Equal(
            [new MelodyNote(new Pitch(60), 2, 3), new MelodyNote(new Pitch(62), 5, 1), new MelodyNote(new Pitch(64), 9, 2)],
            melody.Notes());
        Assert.Equal("hold off C4 hold hold D4 off hold off E4 hold", melody.ToString());
    }

    [Fact]
    public void The_planned_length_is_the_number_of_events_unless_given()
    {
        Assert.Equal(2, Melody.FromClasses([14, 0], MelodyEncoding.Default).PlannedLength);
        Assert.Equal(32, Melody.FromClasses([14, 0], MelodyEncoding.Default, 32).PlannedLength);
        Assert.Empty(new Melody([]).Notes());
        Assert.Empty(new Melody(default).Events);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Melody([], -1));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("14 0 0 0", "14 0 0 0")]
    [InlineData("14 0 16", "14 0 16 0")]
    [InlineData("14 1", "14 1 0 0")]
    [InlineData("0 0", "0 0 0 0")]
    [InlineData("14 0 0 0 16", "14 0 0 0 16 0 0 0")]
    [InlineData("14 0 0 0 1 0 16", "14 0 0 0 1 0 16 0")]
    [InlineData("14 0 0 0 0 1", "14 0 0 0")]
    public void In_whole_bars_the_last_is_completed_or_cut_where_no_note_begins_in_it(string classes, string expected)
    {
        Melody whole = Melody.FromClasses([.. classes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], MelodyEncoding.Default).ToWholeBars(4);
        Assert.Equal(expected, string.Join(' ', whole.ToClasses(MelodyEncoding.Default)));
    }

    [Fact]
    public void Classes_go_there_and_back()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            Melody melody = RandomMelody.Any(new RandomSource(seed, "melody"), 48, 83);
            Melody again = Melody.FromClasses(melody.ToClasses(MelodyEncoding.Default), MelodyEncoding.Default);

            Assert.Equal(melody.Events, again.Events);
            Assert.Equal(melody.Events.Count(@event => @event.StartsNote), again.Notes().Count());
        }
    }

    [Fact]
    public void Events_are_hold_note_off_or_a_pitch_of_midi()
    {
        Assert.True(default(MelodyEvent).IsHold);
        Assert.Equal((false, false, true), (MelodyEvent.NoteOff.IsHold, MelodyEvent.NoteOff.StartsNote, MelodyEvent.NoteOff.IsNoteOff));
        Assert.Equal(new Pitch(0), MelodyEvent.NoteOn(new Pitch(0)).Pitch);
        Assert.Equal(new Pitch(127), MelodyEvent.NoteOn(new Pitch(127)).Pitch);
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyEvent.NoteOn(new Pitch(128)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyEvent.NoteOn(new Pitch(-1)));
    }
}
