using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Packed;
using RLTuner.NoteRnn.Training;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Benchmarking;

/// <summary>
/// What is timed: Q-learning on the paper's net (LSTM 100, 38 classes) by its recipe (batch 32, an update every 5th note, all nine rules), and the default run.
/// </summary>
internal static class Stages
{
    private const int Batch = 32, TuningSteps = 40_000, PolicyGradientSteps = 204_800, Melodies = 1000, MelodyLength = 32, TrainedMelodies = 128, TrainedLength = 65;

    private static readonly NoteRnnShape Large = new(NoteRnnShape.Paper.Classes, [512, 512]);

    public static IReadOnlyList<Stage> All(MachineLimits limits)
    {
        NoteRnnModel net = Work.Net(NoteRnnShape.Paper);
        return
        [
            Tuning("1,000,000 steps of tuning, one thread", net, RuleSetName.Theory, threads: 1),
            Tuning("1,000,000 steps of tuning, two threads", net, RuleSetName.Theory, threads: 2),
            Tuning("the same by Magenta's rules, one thread", net, RuleSetName.Magenta, threads: 1),
            PolicyGradient("policy gradient, one thread", threads: 1, limits),
            PolicyGradient("policy gradient, two threads", threads: 2, limits: null),
            Update("training step", "µs", 1e6, net, limits),
            Forward(net, limits),
            Theory(net),
            Composing(net),
            BackThroughTime(net, limits),
            Update("training step, two layers of 512", "ms", 1e3, Work.Net(Large), limits),
        ];
    }

    private static Stage Tuning(string name, NoteRnnModel net, RuleSetName rules, int threads) => new(
        name,
        "s",
        () =>
        {
            Work.Tuner(net, rules, TuningSteps, threads).Run();
            return TuningSteps;
        },
        seconds => 1e6 * seconds);

    /// <summary>The default run: the net that comes with the program, the musical rules.</summary>
    private static Stage PolicyGradient(string name, int threads, MachineLimits? limits)
    {
        NoteRnnModel net = ShippedNoteRnn.Load();
        return new Stage(
            name,
            "notes/s",
            () =>
            {
                Work.PolicyGradient(net, PolicyGradientSteps, threads).Run();
                return PolicyGradientSteps;
            },
            seconds => 1 / seconds,
            Work.PolicyGradientFlops(net.Shape) / limits?.Flops);
    }

    private static Stage Update(string name, string unit, double scale, NoteRnnModel net, MachineLimits limits)
    {
        Minibatch batch = Work.Minibatch(net.Shape, Batch);
        QNetworks learner = new(net.Weights, net.Weights, new QOptions { MinibatchSize = Batch }, Quirks.None, batch, new Partner(threads: 1));
        double flops = Work.UpdateFlops(net.Shape, Batch);
        int updates = (int)Math.Max(10, 1e10 / flops);
        return new Stage(
            name,
            unit,
            () =>
            {
                for (int i = 0; i < updates; i++)
                {
                    learner.Update();
                }

                return updates;
            },
            seconds => scale * seconds,
            flops / limits.Flops);
    }

    private static Stage Forward(NoteRnnModel net, MachineLimits limits)
    {
        PackedRun run = new(new PackedWeights(new PackedLayout(net.Shape), net.Weights));
        int[] events = Work.Melodies(1, 100_000)[0];
        float[] logits = new float[net.Shape.Classes];

        // The recurrent kernel, the event's row, the output kernel.
        double bytes = 4.0 * ((net.Weights.Kernel(0).Length * 101.0 / 138) + net.Weights.OutputKernel.Length);
        return new Stage(
            "forward of one event",
            "µs",
            () =>
            {
                run.Forget();
                for (int i = 0; i < events.Length; i++)
                {
                    run.Hear(events[i], i);
                    run.Forward(layer: 0, share: 0);
                    run.Forward(layer: 0, share: 1);
                    run.Output(logits);
                }

                return events.Length;
            },
            seconds => 1e6 * seconds,
            bytes / limits.CacheBytes);
    }

    private static Stage Theory(NoteRnnModel net)
    {
        RuleSet rules = Work.Rules(RuleSetName.Theory);
        double[] each = new double[rules.Rules.Length];
        Melody[] melodies = [.. Work.Melodies(3000, MelodyLength).Select(row => Melody.FromClasses(row, net.Encoding))];
        MelodySoFar soFar = new(net.Encoding, MelodyLength, TimeSignature.CommonTime);
        return new Stage(
            "rules and statistics a step",
            "µs",
            () =>
            {
                MelodyTally tally = new(Key.CMajor, TimeSignature.CommonTime);
                foreach (Melody melody in melodies)
                {
                    soFar.Start(MelodyEvent.Hold);
                    foreach (MelodyEvent next in melody.Events)
                    {
                        rules.Score(soFar, next, each);
                        soFar.Append(next);
                    }

                    tally.Add(melody);
                }

                tally.ToStatistics();
                return melodies.Length * MelodyLength;
            },
            seconds => 1e6 * seconds);
    }

    private static Stage Composing(NoteRnnModel net)
    {
        Composer composer = new(new NoteRnnPolicy(net), new RandomNotePrimer(net.Encoding.ClassCount)) { Threads = Environment.ProcessorCount };
        return new Stage(
            string.Create(CultureInfo.InvariantCulture, $"composing and evaluating {Melodies:N0} melodies"),
            "ms",
            () =>
            {
                MelodyTally tally = new(Key.CMajor, TimeSignature.CommonTime);
                foreach (Composition composition in composer.Compose(Melodies, MelodyLength, seed: 1))
                {
                    tally.Add(composition.Melody);
                }

                tally.ToStatistics();
                return 1;
            },
            seconds => 1e3 * seconds);
    }

    private static Stage BackThroughTime(NoteRnnModel net, MachineLimits limits)
    {
        SequenceBatch batch = new(Work.Melodies(TrainedMelodies, TrainedLength), net.Shape.Classes);
        NoteRnnSequences sequences = new(net.Shape);
        NoteRnnWeights gradient = new(net.Shape);
        return new Stage(
            string.Create(CultureInfo.InvariantCulture, $"Note RNN training, {TrainedMelodies} melodies at once"),
            "events/s",
            () =>
            {
                for (int i = 0; i < 10; i++)
                {
                    Span<float> logits = sequences.Forward(net.Weights, batch);
                    PredictionSums.Differentiate(logits, batch.Targets);
                    TensorPrimitives.Multiply(logits, 1f / batch.Targets.Length, logits);
                    sequences.Backward(net.Weights, logits, gradient);
                }

                return 10.0 * TrainedMelodies * (TrainedLength - 1);
            },
            seconds => 1 / seconds,
            Work.TrainingFlops(net.Shape) / limits.Flops);
    }
}
