using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tests.Tuning;

namespace RLTuner.Tests.Evaluation;

public sealed class PolicyRewardTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 6);

    [Fact]
    public void Is_the_plain_mean_over_melodies_of_plain_sums_over_steps()
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(6, [8]), 3), Encoding);
        RuleSet rules = new([new WeightedRule(new RecordingRule(SmallRuns.Score), 0.7)]);
        RandomSource random = new(1, "melodies");
        Composition[] compositions = [.. Enumerable.Range(0, 150).Select(_ => new Composition(
            Melody.FromClasses(Classes(1 + random.Next(12)), Encoding), Classes(1 + random.Next(3))))];

        double theory = 0, likelihood = 0, lastTheory = 0, lastLikelihood = 0;
        foreach (Composition composition in compositions)
        {
            int[] events = composition.Melody.ToClasses(Encoding);
            NoteRnnRun run = new(net.Weights, 1);
            float[] logits = new float[6];
            foreach (int heard in composition.Primer)
            {
                run.Read([heard], logits);
            }

            for (int step = 0; step < events.Length; step++)
            {
                double score = 0.7 * SmallRuns.Score(composition.Primer[^1], events[..step], events[step]);
                double logProbability = Softmax.LogProbability(logits, events[step]);
                theory += score / 150;
                likelihood += logProbability / 150;
                lastTheory += step == events.Length - 1 ? score / 150 : 0;
                lastLikelihood += step == events.Length - 1 ? logProbability / 150 : 0;
                run.Read([events[step]], logits);
            }
        }

        PolicyReward found = PolicyReward.Of(compositions, new Reward(rules), new NoteRnnPolicy(net), TimeSignature.CommonTime);
        Assert.Equal(theory, found.Theory, 1e-9);
        Assert.Equal(likelihood, found.NoteRnn, 1e-9);
        Assert.Equal(lastTheory, found.LastTheory, 1e-9);
        Assert.Equal(lastLikelihood, found.LastNoteRnn, 1e-9);

        int[] Classes(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(6))];
    }
}
