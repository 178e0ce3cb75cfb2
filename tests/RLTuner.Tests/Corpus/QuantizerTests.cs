using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Tests.Corpus;

public sealed class QuantizerTests
{
    [Theory]
    [InlineData(0, 24, 0, 1)]
    [InlineData(11, 13, 0, 1)]
    [InlineData(12, 12, 1, 2)]
    [InlineData(35, 36, 1, 2)]
    [InlineData(36, 96, 2, 4)]
    public void Times_go_to_the_nearest_step_and_every_note_has_a_length(long start, long end, int startStep, int endStep)
    {
        QuantizedNote note = Quantizer.Quantize(Score(new ScoreNote(0, new Pitch(60), 1, start, end))).Notes.Single();

        Assert.Equal((startStep, endStep), (note.Start, note.End));
    }

    [Fact]
    public void A_score_that_names_neither_tempo_nor_metre_is_in_common_time_at_120()
    {
        QuantizedScore score = Quantizer.Quantize(Score(new ScoreNote(0, new Pitch(60), 1, 0, 96)));

        Assert.Equal((120, TimeSignature.CommonTime, 16, 4), (score.Tempo, score.TimeSignature, score.StepsPerBar, score.TotalSteps));
    }

    [Fact]
    public void A_tempo_that_changes_is_named_with_its_time()
    {
        Score score = Score() with { Tempos = TempoMap.Metrical(96, new TempoChange(192, 90)) };
        TempoChangeException e = Assert.Throws<TempoChangeException>(() => Quantizer.Quantize(score));

        Assert.Equal((120, 90, 1), (e.From, e.To, e.Seconds));
        Assert.Equal("test: expected one tempo, found a change from 120 to 90 at 1.00 seconds (split it there)", e.Message);
    }

    [Fact]
    public void A_metre_that_changes_is_named_with_its_time()
    {
        TimeSignature waltz = new(3, 4);
        Score later = Score() with { TimeSignatures = [new(192, waltz)] };
        Score twice = Score() with { TimeSignatures = [new(0, waltz), new(96, waltz), new(192, new TimeSignature(6, 8))] };

        Assert.Equal((TimeSignature.CommonTime, waltz, 1), Change(later));
        Assert.Equal((waltz, new TimeSignature(6, 8), 1), Change(twice));
        Assert.Equal(waltz, Quantizer.Quantize(Score() with { TimeSignatures = [new(0, waltz), new(96, waltz)] }).TimeSignature);

        static (TimeSignature, TimeSignature, double) Change(Score score)
        {
            TimeSignatureChangeException e = Assert.Throws<TimeSignatureChangeException>(() => Quantizer.Quantize(score));
            return (e.From, e.To, e.Seconds);
        }
    }

    [Fact]
    public void A_bar_off_the_grid_is_refused_and_a_finer_grid_takes_it()
    {
        Score score = Score() with { TimeSignatures = [new(0, new TimeSignature(3, 32))] };

        Assert.Throws<BarOffGridException>(() => Quantizer.Quantize(score));
        Assert.Equal(3, Quantizer.Quantize(score, stepsPerQuarter: 8).StepsPerBar);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 4)]
    public void Notes_before_the_start_or_backwards_are_refused(long start, long end) =>
        Assert.Throws<QuantizationException>(() => Quantizer.Quantize(Score(new ScoreNote(0, new Pitch(60), 1, start, end))));

    private static Score Score(params ScoreNote[] notes) => new()
    {
        Name = "test",
        Tempos = TempoMap.Metrical(96),
        Instruments = [new Instrument(0, 0, 0, false, "")],
        Notes = [.. notes],
    };
}
