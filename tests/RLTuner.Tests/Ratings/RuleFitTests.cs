using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Ratings;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Tests.Ratings;

/// <summary>Ratings of melodies by a listener whose weights are known move the weights his way.</summary>
public sealed class RuleFitTests
{
    [Fact]
    public void Twenty_ratings_move_weights_the_right_way_and_more_the_more()
    {
        RuleSet present = Rules();
        double[] few = [.. Enumerable.Range(1, 20).Select(seed => Moved(20, (ulong)seed))], many = [.. Enumerable.Range(1, 8).Select(seed => Moved(200, (ulong)seed))];
        Assert.True(few.Average() > 0.02 && few.Count(moved => moved > 0) >= 15, string.Join(' ', few));
        Assert.True(many.Average() > 2 * few.Average() && many.All(moved => moved > 0), string.Join(' ', many));

        double Moved(int ratings, ulong seed)
        {
            // Cares for the line and the key, and not whether it loops.
            RuleFit fit = RuleFit.Of(Listen(present.WithWeights(new Dictionary<string, double> { ["line"] = 3, ["key"] = 3, ["loop"] = 0 }), ratings, seed), RuleSetName.Musical, present);
            Assert.Equal(ratings, fit.Ratings);
            return fit.Weights["line"] + fit.Weights["key"] - (2 * fit.Weights["loop"]);
        }
    }

    [Fact]
    public void Rules_that_tell_no_pair_apart_stay_and_few_ratings_are_told()
    {
        Melody one = new([.. Enumerable.Range(0, 32).Select(step => step % 4 == 0 ? MelodyEvent.NoteOn(new Pitch(60)) : MelodyEvent.Hold)]);
        Melody other = new([.. one.Events.Select(played => played.StartsNote ? MelodyEvent.NoteOn(new Pitch(61)) : played)]);
        RuleSet rules = RulePresets.Of(RuleSetName.Theory, Key.CMajor, new Dictionary<string, double> { ["key"] = 1.5, ["repeating"] = 0.7 });
        RuleFit fit = RuleFit.Of([Rated(one, other, RatingChoice.A), Rated(other, one, RatingChoice.B)], RuleSetName.Theory, rules);
        Assert.Equal(("repeating", 0.7, 0.7, null), (fit.Rules[1].Name, fit.Rules[1].Before, fit.Rules[1].After, fit.Rules[1].Interval));
        Assert.True(fit.Rules[0].After > 1.5 && fit.Rules[0].Interval!.Value.Low < fit.Rules[0].After);
        Assert.Contains("only 2 of at least 20 ratings", fit.Word, StringComparison.Ordinal);
        Assert.Equal(rules.Rules.Select(entry => entry.Rule.Name), rules.WithWeights(fit.Weights).Rules.Select(entry => entry.Rule.Name));

        RuleFit same = RuleFit.Of([Rated(one, one, RatingChoice.A)], RuleSetName.Theory, rules);
        Assert.All(same.Rules, rule => Assert.Null(rule.Interval));
        Assert.Equal(0, same.Sharpness);
        Assert.Throws<ArgumentException>(() => RuleFit.Of([], RuleSetName.Theory, rules));
    }

    [Fact]
    public void Each_rating_is_judged_in_its_own_key()
    {
        // In E major, E is in the key as C is in C major: the same notes, moved, tell the same.
        Rating inC = Rated(RandomMelody.Any(new RandomSource(1, "a"), 60, 72), RandomMelody.Any(new RandomSource(2, "b"), 60, 72), RatingChoice.A);
        Rating inE = inC with { Key = Key.Parse("E major"), A = inC.A with { Melody = inC.A.Melody.Transposed(4) }, B = inC.B with { Melody = inC.B.Melody.Transposed(4) } };
        RuleFit first = RuleFit.Of([inC], RuleSetName.Musical, Rules()), second = RuleFit.Of([inE], RuleSetName.Musical, RulePresets.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, Key.Parse("E major")));
        Assert.Equal(first.Rules.Select(rule => rule.After), second.Rules.Select(rule => rule.After));
        Assert.Contains(first.Rules, rule => rule.After != rule.Before);
    }

    private static RuleSet Rules() => RulePresets.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, Key.CMajor);

    private static Rating[] Listen(RuleSet own, int count, ulong seed)
    {
        RandomSource random = new(seed, "listener");
        MelodyJudge judge = new(own, MelodyEncoding.Default, TimeSignature.CommonTime, 32);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            Melody a = Melody(), b = Melody();
            return Rated(a, b, random.NextDouble() < 1 / (1 + Math.Exp(judge.Score(b.Events.AsSpan()) - judge.Score(a.Events.AsSpan()))) ? RatingChoice.A : RatingChoice.B);
        })];

        Melody Melody() => new([.. RandomMelody.Of(32, MelodyEncoding.Default, 16, random)]);
    }

    private static Rating Rated(Melody a, Melody b, RatingChoice choice) => new(
        DateTimeOffset.UnixEpoch, new(RatedKind.Before, "", 0, a), new(RatedKind.After, "", 0, b), Key.CMajor, TimeSignature.CommonTime, choice);
}
