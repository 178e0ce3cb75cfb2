using RLTuner.Music;
using RLTuner.Ratings;

namespace RLTuner.Tests.Ratings;

public sealed class ComparisonTests
{
    [Fact]
    public void Wins_are_counted_whichever_stood_first()
    {
        RatedMelody before = Of(RatedKind.Before, "pg-1"), after = Of(RatedKind.After, "pg-1"), tune = Of(RatedKind.Tune, "folk");
        Rating[] ratings =
        [
            Rated(before, after, RatingChoice.B), Rated(after, before, RatingChoice.A), Rated(before, after, RatingChoice.A), Rated(after, before, RatingChoice.Same),
            Rated(after, tune, RatingChoice.B), Rated(before, before, RatingChoice.A),
        ];
        Comparison[] found = [.. Comparison.Of(ratings)];
        Assert.Equal([new("after", "before", 2, 1, 1), new("tune", "after", 1, 0, 0)], found);
        Assert.Equal(2.5 / 4, found[0].Rate);

        // By Python, with n = 4, p = 2.5 / 4: c, h = (p + z*z/(2*n)) / (1 + z*z/n), z * sqrt(p*(1-p)/n + z*z/(4*n*n)) / (1 + z*z/n); c - h, c + h.
        Assert.Equal(0.21942652006536278, found[0].Interval.Low, 1e-12);
        Assert.Equal(0.908100770820988, found[0].Interval.High, 1e-12);
    }

    [Fact]
    public void Runs_and_nets_of_one_kind_go_by_their_names()
    {
        Comparison[] found =
        [
            .. Comparison.Of(
            [
                Rated(Of(RatedKind.After, "pg-1"), Of(RatedKind.After, "q-1"), RatingChoice.A),
                Rated(Of(RatedKind.Run, "pg-1", 100), Of(RatedKind.Run, "pg-1", 200), RatingChoice.B),
                Rated(Of(RatedKind.Net, "plain"), Of(RatedKind.Net, "shipped"), RatingChoice.Same),
            ]),
        ];
        Assert.Equal([("after pg-1", "after q-1"), ("net plain", "net shipped"), ("pg-1 at 200", "pg-1 at 100")], found.Select(one => (one.Better, one.Worse)));
    }

    private static RatedMelody Of(RatedKind kind, string name, long step = 0) => new(kind, name, step, new Melody([]));

    private static Rating Rated(RatedMelody a, RatedMelody b, RatingChoice choice) => new(DateTimeOffset.UnixEpoch, a, b, Key.CMajor, TimeSignature.CommonTime, choice);
}
