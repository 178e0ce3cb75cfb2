using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Tests.Music;

namespace RLTuner.Tests.Evaluation;

/// <summary>Standard errors and intervals are those of the textbooks, and hold what they promise.</summary>
public sealed class IntervalTests
{
    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    public void Wilsons_interval_is_the_published_one(int part, int whole, double low, double high)
    {
        ConfidenceInterval found = ConfidenceInterval.Wilson(part, whole);
        Assert.Equal(low, found.Low, 1e-4);
        Assert.Equal(high, found.High, 1e-4);
    }

    [Fact]
    public void A_mean_has_the_standard_error_of_means()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];
        Estimate found = RatioSum.Of(values, value => (value, 1));
        Assert.Equal(5, found.Value, 1e-12);
        Assert.Equal(Math.Sqrt(32.0 / 7 / 8), found.StandardError, 1e-12);
        Assert.Equal(5 - (1.959963984540054 * found.StandardError), found.Interval!.Value.Low, 1e-12);
    }

    [Fact]
    public void Equal_melodies_leave_no_error_and_one_melody_tells_none()
    {
        Assert.Equal(0, RatioSum.Of(Enumerable.Repeat(0.1, 1000), value => (value, 3)).StandardError);
        Estimate single = RatioSum.Of([0.3], value => (value, 1));
        Assert.True(double.IsNaN(single.StandardError));
        Assert.Null(single.Interval);
        Assert.Null(RatioSum.Of([0.0, 0.0], _ => (0, 0)).Interval);
    }

    [Fact]
    public void A_share_of_notes_lies_in_its_interval_as_often_as_promised_though_notes_of_a_melody_hang_together()
    {
        // Melodies of 1 to 20 notes, each with a chance of its own for a wrong note, 0.2 on average; of 95 in 100 intervals that hold it,
        // two standard deviations over 1,000 trials are 1.4 points. Were notes independent cases, 83 % would.
        RandomSource random = new(7, "coverage");
        int held = 0, heldIfIndependent = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            RatioSum sum = default;
            double wrong = 0, notes = 0;
            for (int melody = 0; melody < 200; melody++)
            {
                int length = 1 + random.Next(20);
                double chance = random.NextDouble() < 0.5 ? 0.05 : 0.35;
                int part = Enumerable.Range(0, length).Count(_ => random.NextDouble() < chance);
                sum.Add(part, length);
                (wrong, notes) = (wrong + part, notes + length);
            }

            ConfidenceInterval found = sum.ToEstimate().Interval!.Value, naive = ConfidenceInterval.Wilson(wrong, notes);
            held += found.Low <= 0.2 && 0.2 <= found.High ? 1 : 0;
            heldIfIndependent += naive.Low <= 0.2 && 0.2 <= naive.High ? 1 : 0;
        }

        Assert.InRange(held, 930, 970);
        Assert.InRange(heldIfIndependent, 700, 900);
    }

    [Fact]
    public void Every_figure_of_melodies_but_counts_has_an_interval_around_it()
    {
        RandomSource random = new(2, "melodies");
        Melody[] melodies = [.. Enumerable.Range(0, 60).Select(_ => new Melody([.. RandomMelody.Of(1 + random.Next(60), MelodyEncoding.Default, 16, random)]))];
        MelodyStatistics all = MelodyTally.Of(melodies, Key.CMajor, TimeSignature.CommonTime);
        IReadOnlyList<Figure> figures = FigureIntervals.Of(melodies, some => MelodyTally.Of(some, Key.CMajor, TimeSignature.CommonTime).Figures);
        IReadOnlyList<Figure> magenta = FigureIntervals.Of(melodies, some => MagentaTally.Of(some, MelodyEncoding.Default).Figures);
        Assert.Equal(["melodies", "different_melodies", "steps", "notes"], Without(figures));
        Assert.Equal(["melodies", "steps"], Without(magenta));
        Assert.All(figures.Where(figure => figure.Interval is not null), figure => Assert.InRange(figure.Value, figure.Interval!.Value.Low, figure.Interval.Value.High));
        Assert.Equal(all.Figures.Select(figure => figure.Value), figures.Select(figure => figure.Value));

        (int Wrong, int Notes)[] plain = [.. melodies.Select(melody => (melody.Notes().Count(note => !Key.CMajor.Contains(note.Pitch)), melody.Notes().Count()))];
        double ratio = (double)plain.Sum(melody => melody.Wrong) / plain.Sum(melody => melody.Notes);
        double error = Math.Sqrt(plain.Sum(melody => Math.Pow(melody.Wrong - (ratio * melody.Notes), 2)) * 60 / 59) / plain.Sum(melody => melody.Notes);
        Figure wrong = figures.Single(figure => figure.Name == "notes_not_in_key");
        Assert.Equal(ratio + (ConfidenceInterval.Z * error), wrong.Interval!.Value.High, 1e-12);
        Figure tonic = figures.Single(figure => figure.Name == "starting_on_tonic");
        Assert.Equal(ConfidenceInterval.Wilson(all.StartingOnTonic, 60), tonic.Interval);
        Assert.Empty(Without(FigureIntervals.Of([], some => MelodyTally.Of(some, Key.CMajor, TimeSignature.CommonTime).Figures)).Except(figures.Select(figure => figure.Name)));

        static IEnumerable<string> Without(IReadOnlyList<Figure> figures) => figures.Where(figure => figure.Interval is null).Select(figure => figure.Name);
    }
}
