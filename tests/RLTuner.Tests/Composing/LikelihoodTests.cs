using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Composing;

public sealed class LikelihoodTests
{
    private static readonly MelodyEncoding Encoding = new(new Pitch(60), 7);

    private static readonly NoteRnnModel Net = new(RandomNets.Weights(new NoteRnnShape(7, [8, 5]), 3), Encoding);

    [Fact]
    public void Each_event_is_as_likely_as_when_its_melody_is_read_alone()
    {
        RandomSource random = new(1, "melodies");
        Composition[] compositions = [.. Enumerable.Range(0, 300).Select(_ => new Composition(
            Melody.FromClasses(Classes(random.Next(15)), Encoding), Classes(1 + random.Next(6))))];
        IReadOnlyList<float[]> found = Likelihood.LogProbabilities(new NoteRnnPolicy(Net), compositions);
        Assert.Equal(300, found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            Assert.Equal(Alone(compositions[i]), found[i]);
        }

        int[] Classes(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(7))];
    }

    [Fact]
    public void Of_all_next_events_the_probabilities_sum_to_one()
    {
        Composition[] all = [.. Enumerable.Range(0, 7).Select(next => new Composition(Melody.FromClasses([next], Encoding), [3, 0]))];
        Assert.Equal(1, Likelihood.LogProbabilities(new NoteRnnPolicy(Net), all).Sum(row => Math.Exp(row[0])), 1e-6);
    }

    [Fact]
    public void What_a_net_composes_is_as_likely_as_its_entropy_says()
    {
        // One event from one state: the mean of log p over samples is minus the entropy.
        MelodyPrimer primer = new([Melody.FromClasses([2], Encoding)], Encoding);
        IReadOnlyList<Composition> sampled = new Composer(new NoteRnnPolicy(Net), primer).Compose(20_000, 1, 5);
        float[] logits = new float[7], p = new float[7];
        new NoteRnnRun(Net.Weights, 1).Read([2], logits);
        Softmax.Probabilities(logits, p);
        double mean = Likelihood.LogProbabilities(new NoteRnnPolicy(Net), sampled).Average(row => (double)row[0]);
        Assert.Equal(p.Sum(value => value * Math.Log(value)), mean, 0.03);
    }

    [Fact]
    public void Nothing_has_no_likelihood() => Assert.Empty(Likelihood.LogProbabilities(new NoteRnnPolicy(Net), []));

    private static float[] Alone(Composition composition)
    {
        NoteRnnRun run = new(Net.Weights, 1);
        float[] logits = new float[7];
        foreach (int heard in composition.Primer)
        {
            run.Read([heard], logits);
        }

        List<float> found = [];
        foreach (int next in composition.Melody.ToClasses(Encoding))
        {
            found.Add(Softmax.LogProbability(logits, next));
            run.Read([next], logits);
        }

        return [.. found];
    }
}
