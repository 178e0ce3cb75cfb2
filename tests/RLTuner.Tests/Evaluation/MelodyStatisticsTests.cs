using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Tests.Rules;

namespace RLTuner.Tests.Evaluation;

/// <summary>What is heard, counted by hand.</summary>
public sealed class MelodyStatisticsTests
{
    [Fact]
    public void A_small_melody_is_counted_by_hand()
    {
        MelodyStatistics found = Count("C4*4 D4*4 E4*3 . F#4*4 C4*4 D4*4 E4*2 . - G4*2 C5 C4");
        Assert.Equal((1, 32, 2.0, 10, 3), (found.Melodies, found.Steps, found.Bars, found.Notes, found.StepsAtRest));
        Assert.Equal((1, 1, 1), (found.NotesNotInKey, found.StartingOnTonic, found.EndingOnTonic));
        Assert.Equal((1, 0, 0), (found.Leaps, found.ResolvedLeaps, found.DoubledLeaps));
        Assert.Equal((1, 0), (found.UniqueHighest, found.UniqueLowest));
        Assert.Equal((10, 3), (found.NotesInMotif, found.NotesInRepeatedMotif));
        Assert.Equal(0, found.ExcessiveSteps);
        Assert.Equal(9, found.Intervals.Sum());
        Assert.Equal(5, ValueOf(found, "notes_per_bar"));
        Assert.Equal(5.0 / 9, ValueOf(found, "interval_major_second"));
        Assert.Equal(1.0 / 9, ValueOf(found, "interval_octave"));
        Assert.Equal(.1, ValueOf(found, "notes_not_in_key"));
    }

    [Fact]
    public void Copies_and_silence_are_told_apart()
    {
        MelodyStatistics found = Count("C4 D4", "C4 D4", "- .", "D4 C6");
        Assert.Equal((4, 3, 2), (found.Melodies, found.DifferentMelodies, found.StepsAtRest));
        Assert.Equal((2, 1), (found.StartingOnTonic, found.EndingOnTonic));
        Assert.Equal(1, found.Intervals[^1]);
        Assert.Equal("75.0 %", found.Figures.Single(figure => figure.Name == "different_melodies").Text);
        Assert.Equal(double.NaN, ValueOf(found, "autocorrelation_1"));
    }

    [Fact]
    public void Nothing_counted_gives_no_numbers()
    {
        Assert.All(Count().Figures.Where(figure => figure.Unit != FigureUnit.Count), figure => Assert.Equal("-", figure.Text));
    }

    [Fact]
    public void Statistics_once_taken_do_not_change()
    {
        MelodyTally tally = new(Key.CMajor, TimeSignature.CommonTime);
        MelodyStatistics before = tally.ToStatistics();
        tally.Add(new Melody([.. MelodyText.Read("C4 D4")]));
        Assert.Equal(0, before.Melodies);
        Assert.Equal(0, before.Intervals.Sum());
    }

    [Fact]
    public void Figure_names_are_unique_and_described()
    {
        foreach (IEnumerable<Figure> figures in new IEnumerable<Figure>[] { Count().Figures, new MagentaTally(MelodyEncoding.Default).ToStatistics().Figures })
        {
            Assert.All(figures, figure => Assert.NotEmpty(figure.Description));
            Assert.Equal(figures.Count(), figures.Select(figure => figure.Name).Distinct().Count());
        }
    }

    private static double ValueOf(MelodyStatistics statistics, string name) => statistics.Figures.Single(figure => figure.Name == name).Value;

    private static MelodyStatistics Count(params string[] melodies)
    {
        MelodyTally tally = new(Key.CMajor, TimeSignature.CommonTime);
        foreach (string melody in melodies)
        {
            tally.Add(new Melody([.. MelodyText.Read(melody)]));
        }

        return tally.ToStatistics();
    }
}
