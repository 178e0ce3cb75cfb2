using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.Composing;

namespace RLTuner.Tests.Evaluation;

public sealed class BestOfTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 4);

    // A hold is likelier than a note, whatever was heard; each note costs 1 nat more or so.
    private static readonly TablePolicy Policy = new(Encoding, [.. Enumerable.Range(0, 4).Select(_ => Array.ConvertAll<double, float>([.6, .1, .2, .1], p => (float)Math.Log(p)))]);

    // By rule: 3, 0, 3. By log p: .1·.6·.1 = -5.1, .6·.6·.6 = -1.5, .2·.2·.2 = -4.8.
    private static readonly Composition[] Three = [Of(3, 0, 3), Of(0, 0, 0), Of(2, 2, 2)];

    [Theory]
    [InlineData(BestBy.Rules, 0)] // the first of equals
    [InlineData(BestBy.Likelihood, 1)]
    [InlineData(BestBy.Sum, 1)] // -2.1, -1.5, -1.8
    public void The_best_is_what_rules_or_likelihood_or_both_make_it(BestBy by, int expected)
    {
        Reward reward = new(new RuleSet([new WeightedRule(new PointsPerMelody())]));
        BestMelody best = Assert.Single(BestOf.Choose(Three, 3, by, reward, Policy, TimeSignature.CommonTime));
        Assert.Equal(expected, best.Chosen);
        Assert.Same(Three[expected], best.Best.Composition);
        Assert.Equal([3.0, 0, 3], best.Candidates.Select(judged => judged.Theory));
        Assert.Equal([Math.Log(.006), Math.Log(.216), Math.Log(.008)], best.Candidates.Select(judged => judged.LogProbability), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(best.Worth.Max(), best.Worth[expected]);
    }

    [Fact]
    public void The_scales_of_the_reward_count_in_the_sum_alone()
    {
        Reward reward = new(new RuleSet([new WeightedRule(new PointsPerMelody())]), TheoryScale: 2);
        Assert.Equal(2, BestOf.Choose(Three, 3, BestBy.Sum, reward, Policy, TimeSignature.CommonTime)[0].Chosen); // .9, -1.5, 1.2
        Assert.Equal([3.0, 0, 3], BestOf.Choose(Three, 3, BestBy.Rules, reward, Policy, TimeSignature.CommonTime)[0].Worth);
    }

    [Fact]
    public void One_of_every_few_is_chosen()
    {
        Reward reward = new(new RuleSet([new WeightedRule(new PointsPerMelody())]));
        Composition[] six = [.. Three, Of(0, 0, 0), Of(2, 0, 0), Of(0, 0, 1)];
        Assert.Equal([1, 0], BestOf.Choose(six, 3, BestBy.Likelihood, reward, Policy, TimeSignature.CommonTime).Select(best => best.Chosen));
        Assert.Throws<ArgumentException>(() => BestOf.Choose(six, 4, BestBy.Rules, reward, Policy, TimeSignature.CommonTime));
    }

    private static Composition Of(params int[] classes) => new(Melody.FromClasses(classes, Encoding), [2]);

    /// <summary>Three points for the first note of a melody.</summary>
    private sealed class PointsPerMelody : IRule
    {
        public string Name => "points";

        public double Score(MelodySoFar before, MelodyEvent next) => next.StartsNote && before.Count == 0 ? 3 : 0;

        public string Explain(MelodySoFar before, MelodyEvent next) => "";
    }
}
