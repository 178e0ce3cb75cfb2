using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Benchmarking;

/// <summary>Nets, batches and runs to time: the paper's sizes and recipe, random numbers.</summary>
internal static class Work
{
    /// <summary>A net with random weights.</summary>
    public static NoteRnnModel Net(NoteRnnShape shape)
    {
        NoteRnnWeights weights = new(shape);
        RandomSource random = new(1, "bench");
        foreach (ref float weight in weights.Values.AsSpan())
        {
            weight = (float)(0.2 * (random.NextDouble() - 0.5));
        }

        return new NoteRnnModel(weights, MelodyEncoding.Default);
    }

    public static RuleSet Rules(RuleSetName set) => RulePresets.Of(set, RewardMode.MusicTheoryAll, Key.CMajor);

    /// <summary>A tuning run of the paper's recipe, with no evaluation but at its end.</summary>
    public static Tuner Tuner(NoteRnnModel net, RuleSetName rules, long steps, int threads) => new(
        new LearningTask(net, new Reward(Rules(rules)), new Composing.RandomNotePrimer(net.Encoding.ClassCount))
        {
            Quirks = rules == RuleSetName.Magenta ? Quirks.Magenta : Quirks.None,
            Threads = threads,
        },
        new QOptions(),
        new WindowOptions { OutputEveryNth = steps },
        steps);

    /// <summary>A run of the policy gradient on the musical rules, with no evaluation but at its end.</summary>
    public static Tuner PolicyGradient(NoteRnnModel net, long steps, int threads) => new(
        new LearningTask(net, new Reward(Rules(RuleSetName.Musical)), new Composing.NoPrimer()) { Threads = threads },
        new PgOptions(),
        new WindowOptions { OutputEveryNth = steps },
        steps);

    /// <summary>Transitions with random events and states.</summary>
    public static Minibatch Minibatch(NoteRnnShape shape, int size)
    {
        Minibatch batch = new(shape, size);
        RandomSource random = new(2, "bench");
        float[] row = new float[batch.State.RowLength];
        for (int i = 0; i < size; i++)
        {
            batch.Inputs[i] = new(random.Next(shape.Classes));
            batch.Actions[i] = random.Next(shape.Classes);
            batch.NextInputs[i] = new(batch.Actions[i]);
            batch.Rewards[i] = (float)random.NextDouble();
            batch.State.RestoreRow(i, Fill());
            batch.NextState.RestoreRow(i, Fill());
        }

        return batch;

        float[] Fill()
        {
            foreach (ref float value in row.AsSpan())
            {
                value = (float)((2 * random.NextDouble()) - 1);
            }

            return row;
        }
    }

    /// <summary>Melodies of random events.</summary>
    public static int[][] Melodies(int count, int length)
    {
        RandomSource random = new(3, "bench");
        return [.. Enumerable.Range(0, count).Select(_ => (int[])[.. Enumerable.Range(0, length).Select(_ => random.Next(MelodyEncoding.Default.ClassCount))])];
    }

    /// <summary>Floating-point operations of one event forward, without those of the input's one-hot row and of activations.</summary>
    public static double ForwardFlops(NoteRnnShape shape) => 2 * (Recurrent(shape) + BetweenLayers(shape));

    /// <summary>The same of an update: two forward passes, the gradient of each weight, and of what lies between layers.</summary>
    public static double UpdateFlops(NoteRnnShape shape, int batch) =>
        batch * ((3 * ForwardFlops(shape)) + (2 * BetweenLayers(shape)));

    /// <summary>The same of an event in training back through time: forward, gradients of weights, gradients of states.</summary>
    public static double TrainingFlops(NoteRnnShape shape) => 3 * ForwardFlops(shape);

    /// <summary>The same of a note of the policy gradient: forward by the policy and by the frozen net, and the policy's way back.</summary>
    public static double PolicyGradientFlops(NoteRnnShape shape) => 4 * ForwardFlops(shape);

    private static double Recurrent(NoteRnnShape shape) => shape.LayerSizes.Sum(units => 4.0 * units * units);

    private static double BetweenLayers(NoteRnnShape shape) =>
        ((double)shape.TopSize * shape.Classes)
        + Enumerable.Range(1, shape.LayerSizes.Length - 1).Sum(layer => 4.0 * shape.InputSize(layer) * shape.LayerSizes[layer]);
}
