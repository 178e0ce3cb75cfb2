using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Tests.Corpus;

/// <summary>Small cases of each rule; real files stand in <see cref="OriginalPipelineTests"/>. Bars have four steps here.</summary>
public sealed class MelodyExtractorTests
{
    private static readonly MelodyExtractorOptions Anything = MelodyExtractorOptions.Primer;

    [Fact]
    public void A_melody_starts_at_the_bar_line_before_its_first_note() =>
        Assert.Equal(["4: hold hold C4 hold"], Extract(Anything, (60, 6, 8)));

    [Fact]
    public void A_new_note_ends_the_one_sounding() =>
        Assert.Equal(["0: C4 hold D4 off E4 hold"], Extract(Anything, (60, 0, 8), (62, 2, 3), (64, 4, 6)));

    [Fact]
    public void Of_simultaneous_notes_the_highest_is_kept() =>
        Assert.Equal(["0: E4 hold D4"], Extract(Anything, (60, 0, 4), (64, 0, 2), (62, 2, 3)));

    [Fact]
    public void Simultaneous_notes_end_the_track_where_polyphony_is_refused()
    {
        MelodyExtractorOptions options = Anything with { RejectPolyphony = true };

        Assert.Equal(["0: C4"], Extract(options, (60, 0, 1), (64, 8, 9), (67, 8, 9), (60, 16, 17)));
        Assert.Equal(1, Counters(options, (60, 0, 1), (64, 8, 9), (67, 8, 9), (60, 16, 17)).PolyphonicTracks);
    }

    [Fact]
    public void A_silence_of_a_bar_ends_a_melody()
    {
        Assert.Equal(["0: C4 off hold hold D4"], Extract(Anything, (60, 0, 1), (62, 4, 5)));
        Assert.Equal(["0: C4", "4: hold D4"], Extract(Anything, (60, 0, 1), (62, 5, 6)));
        Assert.Equal(["0: C4 off hold hold hold D4"], Extract(Anything with { GapBars = 2 }, (60, 0, 1), (62, 5, 6)));
    }

    [Fact]
    public void Padding_fills_the_last_bar() =>
        Assert.Equal(["0: C4 off hold hold"], Extract(Anything with { PadToBar = true }, (60, 0, 1)));

    [Fact]
    public void Long_melodies_are_cut_or_left_out()
    {
        (int, int, int)[] notes = [(60, 0, 3), (62, 3, 5), (64, 5, 9)];

        Assert.Equal(["0: C4 hold hold D4 hold E4"], Extract(Anything with { MaxStepsTruncate = 6 }, notes));
        Assert.Equal(["0: C4 hold hold D4"], Extract(Anything with { MaxStepsTruncate = 6, PadToBar = true }, notes));
        Assert.Equal(1, Counters(Anything with { MaxStepsTruncate = 6 }, notes).Truncated);
        Assert.Empty(Extract(Anything with { MaxStepsDiscard = 8 }, notes));
        Assert.Equal(1, Counters(Anything with { MaxStepsDiscard = 8 }, notes).TooLong);
    }

    [Fact]
    public void Short_and_poor_melodies_are_left_out()
    {
        Assert.Equal(1, Counters(Anything with { MinBars = 2 }, (60, 0, 7)).TooShort);
        Assert.Equal(0, Counters(Anything with { MinBars = 2 }, (60, 0, 8)).TooShort);
        Assert.Equal(1, Counters(Anything with { MinUniquePitchClasses = 2 }, (60, 0, 1), (72, 1, 2)).TooFewPitches);
        Assert.Equal(0, Counters(Anything with { MinUniquePitchClasses = 2 }, (60, 0, 1), (61, 1, 2)).TooFewPitches);
    }

    [Fact]
    public void Drums_and_silent_notes_are_no_melody()
    {
        QuantizedScore score = Score((60, 0, 1)) with { Instruments = [new Instrument(0, 9, 0, true, "")] };
        QuantizedScore silent = Score((60, 0, 1));

        Assert.Empty(MelodyExtractor.Extract(score, Anything).Melodies);
        Assert.Empty(MelodyExtractor.Extract(silent with { Notes = [silent.Notes[0] with { Velocity = 0 }] }, Anything).Melodies);
    }

    [Fact]
    public void Options_are_checked()
    {
        QuantizedScore score = Score();
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyExtractor.Extract(score, Anything with { GapBars = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyExtractor.Extract(score, Anything with { MinUniquePitchClasses = 13 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyExtractor.Extract(score, Anything with { MaxStepsTruncate = 0 }));
    }

    private static IEnumerable<string> Extract(MelodyExtractorOptions options, params (int Pitch, int Start, int End)[] notes) =>
        MelodyExtractor.Extract(Score(notes), options).Melodies.Select(found => $"{found.StartStep}: {found.Melody}");

    private static ExtractionCounters Counters(MelodyExtractorOptions options, params (int Pitch, int Start, int End)[] notes) =>
        MelodyExtractor.Extract(Score(notes), options).Counters;

    private static QuantizedScore Score(params (int Pitch, int Start, int End)[] notes) => new()
    {
        Name = "test",
        Instruments = [new Instrument(0, 0, 0, false, "")],
        Notes = [.. notes.Select(note => new QuantizedNote(0, new Pitch(note.Pitch), 100, note.Start, note.End))],
        Tempo = 120,
        TimeSignature = new TimeSignature(1, 4),
        StepsPerQuarter = 4,
        StepsPerBar = 4,
        TotalSteps = notes.Length == 0 ? 0 : notes.Max(note => note.End),
    };
}
