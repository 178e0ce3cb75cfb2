using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.Composing;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tests.Tuning;

namespace RLTuner.Tests.Evaluation;

/// <summary>Divergence, entropy, distinct melodies and the rules' ledgers of melodies.</summary>
public sealed class PolicyGuardTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 3);

    [Fact]
    public void Divergence_and_entropy_are_means_over_the_steps_that_were_played()
    {
        // After class 0 the Note RNN draws evenly, the policy 1/2, 1/4, 1/4; after classes 1 and 2 both draw evenly.
        float[] even = [0, 0, 0], tilted = [MathF.Log(2), 0, 0];
        TablePolicy noteRnn = new(Encoding, [even, even, even]), policy = new(Encoding, [tilted, even, even]);
        Composition[] played =
        [
            new(Melody.FromClasses([0, 0, 2, 1], Encoding), [1, 0]),
            new(Melody.FromClasses([2, 2], Encoding), [0, 0, 1]),
        ];

        // Four steps come after a 0, 0, 0, 2 and two after a 1, 2: three of six are tilted.
        PolicyReward found = PolicyReward.Of(played, new Reward(SmallRuns.Rules()), noteRnn, TimeSignature.CommonTime, policy);
        double divergence = (0.5 * Math.Log(1.5)) + (0.5 * Math.Log(0.75)), entropy = 1.5 * Math.Log(2);
        Assert.Equal(divergence * 3 / 6, found.Divergence.Value, 1e-6);
        Assert.Equal(((entropy * 3) + (Math.Log(3) * 3)) / 6, found.Entropy.Value, 1e-6);
        Assert.Equal(1, found.Distinct);
    }

    [Fact]
    public void A_net_does_not_diverge_from_itself_and_others_do()
    {
        NoteRnnModel net = SmallRuns.Net(6, 8), other = net with { Weights = RandomNets.Weights(net.Shape, 9) };
        NoteRnnModel withPrior = other with { Prior = net.Weights };
        Assert.Equal(0, Divergence(net));
        Assert.InRange(Divergence(other), 1e-3, 100);
        Assert.InRange(Divergence(withPrior), 1e-3, 100);

        // Where the net on top says nothing, G's policy is its prior's.
        withPrior.Weights.OutputKernel.Clear();
        withPrior.Weights.OutputBias.Clear();
        Assert.Equal(0, Divergence(withPrior));

        double Divergence(NoteRnnModel tuned)
        {
            NoteRnnPolicy policy = new(tuned);
            IReadOnlyList<Composition> melodies = new Composer(policy, new RandomNotePrimer(6)).Compose(150, 12, 4);
            PolicyReward found = PolicyReward.Of(melodies, new Reward(SmallRuns.Rules()), new NoteRnnPolicy(net), TimeSignature.CommonTime, policy);
            Assert.InRange(found.Entropy.Value, 0, Math.Log(6));
            return found.Divergence.Value;
        }
    }

    [Fact]
    public void Without_a_policy_there_is_no_divergence_and_copies_count_once()
    {
        Composition melody = new(Melody.FromClasses([0, 2], Encoding), [1]);
        PolicyReward found = PolicyReward.Of([melody, melody, melody, melody], new Reward(SmallRuns.Rules()), new TablePolicy(Encoding, [[0, 0, 0], [0, 0, 0], [0, 0, 0]]), TimeSignature.CommonTime);
        Assert.True(double.IsNaN(found.Divergence.Value) && double.IsNaN(found.Entropy.Value));
        Assert.Equal(0.25, found.Distinct);
        Assert.Equal(["theory_reward", "note_rnn_log_probability"], found.Figures.Select(figure => figure.Name));
    }

    [Fact]
    public void Each_rule_has_its_ledger_and_its_figures()
    {
        RuleSet rules = new(
        [
            new(new Judging("likes_2", (_, next) => next == 2 ? 1 : 0), 2),
            new(new Judging("hates_repeats", (last, next) => last == next ? -1 : 0), 0.5),
        ]);
        Composition[] played =
        [
            new(Melody.FromClasses([2, 2, 2, 1], Encoding), [0]),
            new(Melody.FromClasses([1, 1], Encoding), [2]),
        ];
        float[] even = [0, 0, 0];
        PolicyReward found = PolicyReward.Of(played, new Reward(rules), new TablePolicy(Encoding, [even, even, even]), TimeSignature.CommonTime);
        Assert.Equal<RuleLedger>([new("likes_2", 6, 3, 0), new("hates_repeats", -1.5, 3, 3)], found.Rules);
        Assert.Equal((5 - 0.5) / 2, found.Theory, 1e-12);
        IEnumerable<Figure> all = found.Figures.Concat(found.RuleFigures.SelectMany(rule => (Figure[])[rule.Reward, rule.Fired, rule.Violated]));
        Dictionary<string, double> figures = all.ToDictionary(figure => figure.Name, figure => figure.Value);
        Assert.Equal((3, -0.75), (figures["rule_likes_2_reward"], figures["rule_hates_repeats_reward"]));
        Assert.Equal((0.5, 0, 0.5), (figures["rule_likes_2_fired"], figures["rule_likes_2_violated"], figures["rule_hates_repeats_violated"]));
        Assert.Equal(found.Theory, figures["theory_reward"], 1e-12);
    }

    private sealed class Judging(string name, Func<int, int, double> score) : IRule
    {
        public string Name => name;

        public double Score(RLTuner.Music.Analysis.MelodySoFar before, MelodyEvent next) =>
            score(before.Encoding.ClassOf(before.Previous), before.Encoding.ClassOf(next));
    }
}
