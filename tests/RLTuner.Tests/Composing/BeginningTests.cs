using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;
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

    [Fact]
    public void A_net_that_was_not_taught_how_to_begin_says_so() => Assert.Contains(
        "not taught",
        Assert.Throws<AggregateException>(() => new Composer(new NoteRnnPolicy(Net with { KnowsBeginnings = false }), new NoPrimer()).Compose(1, 4, 1)).InnerException!.Message);

    /// <summary>By the packed net, step by step.</summary>
    private static float[] Alone(int[] melody, int[] primer, int bar)
    {
        PackedRun run = new(new PackedWeights(new PackedLayout(Net.Shape), Net.Weights), new MelodyPlan(bar, melody.Length));
        float[] logits = new float[5];
        List<float> found = [];
        int[] heard = [MelodyEncoding.NoEvent, .. primer, .. melody];
        for (int i = 0; i + 1 < heard.Length; i++)
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
