using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Composing;

/// <summary>Nets that know how melodies begin, and hear more than the last event.</summary>
public sealed class BeginningTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 5);

    private static readonly NoteRnnModel Net =
        new(RandomNets.Weights(new NoteRnnShape(5, [8], NoteRnnInputs.Parse("event bars-ago:1 bars-ago:2 bar end", 5)), 3, 0.8), Encoding) { KnowsBeginnings = true };

    [Theory]
    [InlineData("4/4")]
    [InlineData("3/8")]
    public void A_melody_from_nothing_is_as_likely_as_its_steps_say(string metre)
    {
        TimeSignature time = TimeSignature.Parse(metre);
        NoteRnnPolicy policy = new(Net, time);
        IReadOnlyList<Composition> melodies = new Composer(policy, new NoPrimer()).Compose(80, 21, seed: 5);
        IReadOnlyList<float[]> found = Likelihood.LogProbabilities(policy, melodies);
        Assert.All(melodies, melody => Assert.Empty(melody.Primer));
        Assert.True(melodies.Select(melody => melody.Melody.Events[0]).Distinct().Count() > 2);
        for (int i = 0; i < melodies.Count; i++)
        {
            Assert.Equal(Alone(melodies[i].Melody.ToClasses(Encoding), [], time.StepsPerBar()), found[i]);
        }
    }

    [Fact]
    public void A_primer_is_heard_after_nothing_and_ends_at_a_bar_line()
    {
        NoteRnnPolicy policy = new(Net);
        int[][] primers = [[2, 0, 3, 1], [4, 0, 0, 0, 0, 0, 0]];
        IPrimer primer = new MelodyPrimer(primers.Select(row => Melody.FromClasses(row, Encoding)), Encoding);
        IReadOnlyList<Composition> melodies = new Composer(policy, primer).Compose(40, 18, seed: 6);
        IReadOnlyList<float[]> found = Likelihood.LogProbabilities(policy, melodies);
        for (int i = 0; i < melodies.Count; i++)
        {
            Assert.Equal(Alone(melodies[i].Melody.ToClasses(Encoding), melodies[i].Primer, bar: 16), found[i]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_given_note_is_the_melodys_first_and_the_net_is_not_asked_for_it(bool knowsBeginnings)
    {
        NoteRnnPolicy policy = new(Net with { KnowsBeginnings = knowsBeginnings });
        IReadOnlyList<Composition> melodies = new Composer(policy, new FirstNotePrimer(Encoding, Key.CMajor)).Compose(80, 21, seed: 5);
        IReadOnlyList<float[]> found = Likelihood.LogProbabilities(policy, melodies);
        for (int i = 0; i < melodies.Count; i++)
        {
            int[] events = melodies[i].Melody.ToClasses(Encoding);
            Assert.Equal((21, 0, true), (events.Length, melodies[i].Primer.Length, melodies[i].FirstIsGiven));
            Assert.Contains(events[0], (int[])[2, 4]);
            Assert.Equal([0, .. Alone(events, [], 16, knowsBeginnings)[^20..]], found[i]);
        }

        Assert.Equal(2, melodies.DistinctBy(melody => melody.Melody.Events[0]).Count());
        Assert.True(melodies.DistinctBy(melody => melody.Melody.ToString()).Count() > 70);
        PolicyReward reward = PolicyReward.Of(melodies, new Reward(RulePresets.Of(RuleSetName.Musical, RewardMode.MusicTheoryAll, Key.CMajor)), policy, TimeSignature.CommonTime, policy);
        Assert.Equal(found.Average(row => row.Sum(x => (double)x)), reward.NoteRnn, 1e-4);
        Assert.Equal(0, reward.Divergence.Value, 1e-9);
        Assert.All(reward.Rules.Where(rule => rule.Name == "opening"), rule => Assert.Equal(melodies.Count(melody => melody.Melody.Events[0].Pitch == new Pitch(60)), rule.Fired));
        NoteProbabilities shown = NoteProbabilities.Of(policy, melodies[0], 1);
        Assert.Equal(melodies[0].Melody.ToClasses(Encoding), shown.Steps.Select(step => step.Played));
        Assert.Equal(1, shown.Steps[0].Probabilities[shown.Steps[0].Played]);
        Assert.Equal(Math.Exp(found[0][1]), shown.Steps[1].Probabilities[shown.Steps[1].Played], 1e-5);
    }

    [Fact]
    public void A_net_that_was_not_taught_how_to_begin_says_so() => Assert.Contains(
        "not taught",
        Assert.Throws<AggregateException>(() => new Composer(new NoteRnnPolicy(Net with { KnowsBeginnings = false }), new NoPrimer()).Compose(1, 4, 1)).InnerException!.Message);

    /// <summary>By the packed net, step by step.</summary>
    private static float[] Alone(int[] melody, int[] primer, int bar, bool knowsBeginnings = true)
    {
        PackedRun run = new(new PackedWeights(new PackedLayout(Net.Shape), Net.Weights), new MelodyPlan(bar, melody.Length));
        float[] logits = new float[5];
        List<float> found = [];
        int[] heard = [MelodyEncoding.NoEvent, .. primer, .. melody];
        for (int i = knowsBeginnings ? 0 : 1; i + 1 < heard.Length; i++)
        {
            run.Hear(heard[i], i - primer.Length);
            run.Forward(layer: 0, share: 0);
            run.Forward(layer: 0, share: 1);
            run.Output(logits);
            if (i >= primer.Length)
            {
                found.Add(Softmax.LogProbability(logits, heard[i + 1]));
            }
        }

        return [.. found];
    }
}
