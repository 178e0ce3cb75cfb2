using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Learning.PolicyGradient;

public sealed class ThroughTimeTests
{
    private const float Weight = 0.7f, Scale = 0.3f;

    [Theory]
    [InlineData(0, new[] { 8 })]
    [InlineData(1, new[] { 8 })]
    [InlineData(3, new[] { 5, 7 })]
    public void Gradient_of_the_loss_of_melodies_agrees_with_finite_differences_in_double_precision(int primers, int[] layers)
    {
        const int Melodies = 3, Length = 4;
        List<int[]> heard = [];
        LearningTask task = SmallTasks.Of((played, next) => Record(heard, played, next), Length, layers) with { Primer = Primers(primers) };
        NoteRnnWeights tuned = RandomNets.Weights(task.NoteRnn.Shape, 9, 0.8);
        PlayedMelodies played = new(Melodies, Length, 1);
        Rollout rollout = new(task, tuned, played, 0, Melodies, 0, new RandomSource(2, "melodies"));

        // Twice, so that what the first batch left would show.
        rollout.Play();
        rollout.Differentiate(Weight, Scale);
        heard.Clear();
        RandomSource random = new(2, "melodies"), primed = new(2, "melodies");
        rollout = new(task, tuned, played, 0, Melodies, 0, random);
        rollout.Play();
        int[][] primer = [.. Enumerable.Range(0, Melodies).Select(_ => Before(task.Primer, primed))];
        for (int note = 0; note < played.Notes; note++)
        {
            played.Advantages[note] = (note % 5) - 1.7f;
        }

        rollout.Differentiate(Weight, Scale);

        double Loss(double[] weights)
        {
            double loss = 0;
            for (int melody = 0; melody < Melodies; melody++)
            {
                loss += LossOf(task, weights, primer[melody], heard[melody], played.Advantages.AsSpan(melody * Length, Length));
            }

            return loss;
        }

        const double Delta = 1e-5;
        double[] exact = [.. tuned.Values.Select(value => (double)value)];
        for (int i = 0; i < exact.Length; i++)
        {
            double kept = exact[i];
            exact[i] = kept + Delta;
            double up = Loss(exact);
            exact[i] = kept - Delta;
            double expected = (up - Loss(exact)) / (2 * Delta);
            exact[i] = kept;
            Assert.Equal(expected, rollout.Gradient.Values[i], 1e-5 + (1e-3 * Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_note_is_known_by_its_chance_under_both_nets(int primers)
    {
        List<int[]> heard = [];
        LearningTask task = SmallTasks.Of((played, next) => Record(heard, played, next), 5) with { Primer = Primers(primers) };
        NoteRnnWeights tuned = RandomNets.Weights(task.NoteRnn.Shape, 9, 0.8);
        PlayedMelodies played = new(2, 5, 1);
        new Rollout(task, tuned, played, 0, 2, 0, new RandomSource(2, "melodies")).Play();
        RandomSource primed = new(2, "melodies");
        for (int melody = 0; melody < 2; melody++)
        {
            int[] primer = Before(task.Primer, primed);
            double[][] p = [.. Predictions(task.NoteRnn.Weights.Shape, [.. task.NoteRnn.Weights.Values.Select(x => (double)x)], primer, heard[melody])];
            double[][] q = [.. Predictions(tuned.Shape, [.. tuned.Values.Select(x => (double)x)], primer, heard[melody])];
            int given = primer.Length == 0 ? 1 : 0;
            Assert.Equal(5, heard[melody].Length);
            Assert.Equal(5 - given, p.Length);
            for (int note = given; note < 5; note++)
            {
                int at = (melody * 5) + note, drawn = note - given;
                Assert.Equal(Math.Log(p[drawn][heard[melody][note]]), played.LogProbabilities[at], 1e-4);
                Assert.Equal(q[drawn].Zip(p[drawn]).Sum(pair => pair.First * Math.Log(pair.First / pair.Second)), played.Divergences[at], 1e-4);
                Assert.Equal(-q[drawn].Sum(x => x * Math.Log(x)), played.Entropies[at], 1e-4);
            }

            if (given > 0)
            {
                int at = melody * 5;
                Assert.Contains(heard[melody][0], (int[])[2, 4]);
                Assert.Equal((0, 0, 0, 1), (played.LogProbabilities[at], played.Divergences[at], played.Entropies[at], played.Theory[at]));
            }
        }
    }

    /// <summary>Notes each melody as it is scored.</summary>
    private static double Record(List<int[]> heard, int[] played, int next)
    {
        if (played.Length == 0)
        {
            heard.Add([next]);
        }
        else
        {
            heard[^1] = [.. played, next];
        }

        return 1;
    }

    /// <summary>What is heard before a melody: nothing, where its first note is given.</summary>
    private static int[] Before(IPrimer primer, RandomSource random) => primer.Draw(random).ToArray()[(primer.GivesFirst ? 1 : 0)..];

    /// <summary>A given first note, one event, or melodies of several lengths.</summary>
    private static IPrimer Primers(int longest)
    {
        MelodyEncoding encoding = new(new Pitch(60), 6);
        return longest == 0 ? new FirstNotePrimer(encoding, Key.CMajor) : longest == 1 ? new RandomNotePrimer(6) : new MelodyPrimer(Enumerable.Range(1, longest).Select(length => Melody.FromClasses([.. Enumerable.Repeat(2, length)], encoding)), encoding);
    }

    private static double LossOf(LearningTask task, double[] weights, int[] primer, int[] events, ReadOnlySpan<float> advantages)
    {
        double[][] q = [.. Predictions(task.NoteRnn.Shape, weights, primer, events)];
        double[][] p = [.. Predictions(task.NoteRnn.Shape, [.. task.NoteRnn.Weights.Values.Select(x => (double)x)], primer, events)];
        double loss = 0;
        for (int drawn = 0; drawn < q.Length; drawn++)
        {
            int note = drawn + events.Length - q.Length;
            double divergence = q[drawn].Zip(p[drawn]).Sum(pair => pair.First * Math.Log(pair.First / pair.Second));
            loss += Scale * ((-advantages[note] * Math.Log(q[drawn][events[note]])) + (Weight * divergence));
        }

        return loss;
    }

    private static IEnumerable<double[]> Predictions(NoteRnnShape shape, double[] weights, int[] primer, int[] events)
    {
        double[][] cells = [.. shape.LayerSizes.Select(units => new double[units])], hiddens = [.. shape.LayerSizes.Select(units => new double[units])];
        int[] all = [.. primer, .. events];
        for (int at = 0; at < all.Length - 1; at++)
        {
            double[] logits = PlainNoteRnn.Step(shape, weights, all[at], cells, hiddens);
            if (at >= primer.Length - 1)
            {
                double sum = logits.Sum(Math.Exp);
                yield return [.. logits.Select(logit => Math.Exp(logit) / sum)];
            }
        }
    }
}
