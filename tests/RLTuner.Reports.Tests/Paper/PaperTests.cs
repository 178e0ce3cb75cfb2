using RLTuner.NoteRnn;
using RLTuner.Reports.Paper;
using RLTuner.Reports.Sweeps;
using RLTuner.Runs;
using RLTuner.Sweeps;
using RLTuner.Tests;

namespace RLTuner.Reports.Tests.Paper;

/// <summary>The paper's table: what is said of a published number, and the page from plan to last byte.</summary>
public sealed class PaperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("63.3 %", .633, .0005)]
    [InlineData("0.007 %", .00007, .000005)]
    [InlineData("-0.16", -.16, .005)]
    [InlineData("0.0 %", 0, .0005)]
    public void A_printed_number_knows_how_far_it_was_rounded(string text, double value, double rounding)
    {
        PrintedNumber number = new(text);
        Assert.Equal(value, number.Value, 9);
        Assert.Equal(rounding, number.Rounding, 9);
    }

    /// <summary>Seeds 9, 10, 11 per cent: a fourth lies in 10 ± 4.3027 x √(4/3) = 10 ± 4.968, with 95 %.</summary>
    [Theory]
    [InlineData("14.9 %", true)]
    [InlineData("15.0 %", true)]
    [InlineData("15.1 %", false)]
    [InlineData("5.1 %", true)]
    [InlineData("4.9 %", false)]
    public void One_more_seed_may_give_what_lies_in_the_prediction_interval(string published, bool may) =>
        Assert.Equal(may, Verdicts.MayGive(SeedEstimate.Of([.09, .10, .11]), new PrintedNumber(published)));

    [Fact]
    public void Verdicts_tell_reproduced_exchanged_weak_and_wrong_apart()
    {
        PublishedRow inKey = PublishedTable.Rows.Single(row => row.Figure == "notes_not_in_key"), onTonic = PublishedTable.Rows.Single(row => row.Figure == "starting_on_tonic");

        // The Note RNN's two: printed .1 and .9 per cent, measured .87 and .09.
        Dictionary<string, double[]> ours = new() { ["notes_not_in_key"] = [.0086, .0087, .0088], ["starting_on_tonic"] = [.0008, .0009, .0010] };
        SeedEstimate Over(string figure) => SeedEstimate.Of(ours[figure]);
        Assert.Equal((Verdict.Exchanged, Verdict.Exchanged), (Verdicts.Of(inKey, 0, Over), Verdicts.Of(onTonic, 0, Over)));

        // Q, printed 1.00 and 28.8 per cent.
        ours = new() { ["notes_not_in_key"] = [.011, .010, .0095], ["starting_on_tonic"] = [.02, .021, .022] };
        Assert.Equal((Verdict.Reproduced, Verdict.Not), (Verdicts.Of(inKey, 1, Over), Verdicts.Of(onTonic, 1, Over)));

        // Seeds that differ as much as here may give anything.
        ours["starting_on_tonic"] = [.01, .2, .5];
        Assert.Equal(Verdict.Either, Verdicts.Of(onTonic, 1, Over));
        ours["starting_on_tonic"] = [.288];
        Assert.Equal(Verdict.Unknown, Verdicts.Of(onTonic, 1, Over));
    }

    [Fact]
    public void The_page_has_every_number_and_the_same_runs_give_the_same_bytes()
    {
        CancellationToken never = TestContext.Current.CancellationToken;
        SweepFolder sweep = PaperReport.Plan(_folder.PathTo("paper"), ShippedNoteRnn.Load(ShippedNoteRnn.Plain), "plain", seeds: 2, steps: 40);
        Assert.Equal(16, sweep.Runs.Length);
        Assert.Empty(new SweepPool(sweep, new RunEnvironment { MelodiesMeasured = 2 }) { Jobs = 2 }.Run(sweep.Runs, never));
        string[] pages = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            PaperReport.Measure(sweep, melodies: 10, jobs: 2, never);
            return File.ReadAllText(PaperReport.Write(sweep, melodies: 10));
        })];
        Assert.Equal(pages[0], pages[1]);
        Assert.DoesNotContain("{{", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", pages[0], StringComparison.Ordinal);
        Assert.Contains("cannot be held against each other", pages[0], StringComparison.Ordinal);
        Assert.All(PublishedTable.Rows, row => Assert.Contains($"\n| {row.Words} | ", pages[0], StringComparison.Ordinal));
        Assert.True(File.Exists(_folder.PathTo("paper/pictures/paper-curve-theory.svg")));

        // More seeds go on with what is there.
        Assert.Equal(24, PaperReport.Plan(_folder.PathTo("paper"), ShippedNoteRnn.Load(ShippedNoteRnn.Plain), "plain", seeds: 3, steps: 40).Runs.Length);
    }

    public void Dispose() => _folder.Dispose();
}
