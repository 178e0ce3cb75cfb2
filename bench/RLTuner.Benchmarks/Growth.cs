using System.Collections.Immutable;
using System.Diagnostics;
using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Reports.Figures;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Benchmarks;

/// <summary>
/// How the cost of a step of tuning grows with each size, all others as in the paper's recipe: one thread, best of three by processor time.
/// </summary>
internal static class Growth
{
    private const double SecondsEach = 0.4;

    private static readonly NoteRnnShape Shape = NoteRnnShape.Paper;

    public static void Measure(string folder)
    {
        // So that the runtime is done compiling.
        for (int i = 0; i < 3; i++)
        {
            StepOf(Shape, new());
        }

        Drawing[] panels =
        [
            Panel("layer", "units of the layer", [32, 64, 128, 256, 512, 1024], units => StepOf(new NoteRnnShape(Shape.Classes, [units]), new())),
            Panel("batch", "transitions in an update", [8, 16, 32, 64, 128, 256, 512], size => StepOf(Shape, new() { MinibatchSize = size })),
            Panel("melody", "events of a melody", [16, 32, 64, 128, 256, 512, 1024], length => StepOf(Shape, new(), length)),
            Panel("rules", "events of a melody (rules alone)", [16, 32, 64, 128, 256, 512, 1024], RulesOf),
            Panel("replay", "transitions kept (updates alone)", [1000, 10_000, 100_000, 1_000_000, 10_000_000], UpdateOf),
        ];
        SmallMultiples all = new(
            "growth", "Microseconds of a step of tuning, by size", "Both axes are logarithmic: each tick to the right is a doubling, or ten times for replay.", [.. panels]);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "growth.svg"), all.Together().Standalone());
    }

    private static Drawing Panel(string name, string label, int[] sizes, Func<int, double> microseconds)
    {
        bool tens = sizes[1] == 10 * sizes[0];
        ImmutableArray<PlotPoint>.Builder points = ImmutableArray.CreateBuilder<PlotPoint>();
        foreach (int size in sizes)
        {
            double cost = microseconds(size);
            Console.WriteLine(FormattableString.Invariant($"{label,-36} {size,12:N0} {cost,12:N2} us a step {1e6 / cost,12:N0} a second"));
            points.Add(new PlotPoint(tens ? Math.Log10(size) : Math.Log2(size), Math.Log10(cost)));
        }

        return new LineChart(name, label, "", tens ? "power of 10" : "power of 2", "\u03bcs, as a power of 10", [new Series(label, points.ToImmutable())]) { WithZero = true }.DrawSmall();
    }

    private static double StepOf(NoteRnnShape shape, QOptions options, int melodyLength = 32)
    {
        NoteRnnModel net = Net(shape);
        int steps = 500;
        double seconds = 0;
        while ((seconds = Run(steps)) < SecondsEach / 4 && steps < 1 << 20)
        {
            steps *= 2;
        }

        return 1e6 * Enumerable.Range(0, 3).Min(_ => Run(steps)) / steps;

        double Run(int count)
        {
            // Half of the run comes before, so that the replay holds a batch and the code is compiled.
            Reward reward = new(Rules());
            LearningTask task = new(net, reward, new RandomNotePrimer(shape.Classes)) { MelodyLength = melodyLength };
            int notes = count + options.MinibatchSize;
            Tuner tuner = new(task, options, new WindowOptions { OutputEveryNth = notes }, notes);
            return Seconds(() => tuner.Run());
        }
    }

    private static double RulesOf(int length)
    {
        RuleSet rules = Rules();
        double[] each = new double[rules.Rules.Length];
        Music.Analysis.MelodySoFar melody = new(MelodyEncoding.Default, length, TimeSignature.CommonTime);
        MelodyEvent[] events = [.. PaperNet.Events(length).Select(MelodyEncoding.Default.EventOf)];
        int melodies = 400_000 / length;
        return 1e6 * Enumerable.Range(0, 4).Min(_ => Seconds(() =>
        {
            for (int i = 0; i < melodies; i++)
            {
                melody.Start(MelodyEvent.Hold);
                foreach (MelodyEvent next in events)
                {
                    rules.Score(melody, next, each);
                    melody.Append(next);
                }
            }
        })) / (melodies * (double)length);
    }

    private static double UpdateOf(int capacity)
    {
        QOptions options = new();
        ReplayBuffer replay = new(Shape, capacity, keepsPriorStates: false);
        NoteRnnState[] states = [new(Shape, 1), new(Shape, 1)];
        RandomSource random = new(1, "growth");
        for (int i = 0; i < capacity; i++)
        {
            states[i % 2].Hidden(0)[i % Shape.TopSize] = (float)random.NextDouble();
            replay.Add(new Transition(1, 1, Ended: false), [new(i % Shape.Classes)], [new(2)], states[(i + 1) % 2], states[i % 2], states[0]);
        }

        NoteRnnWeights weights = Net(Shape).Weights;
        Minibatch batch = new(Shape, options.MinibatchSize);
        QNetworks nets = new(weights, weights, options, Quirks.None, batch, new Partner(threads: 1));
        const int Updates = 2000;
        return 1e6 * Enumerable.Range(0, 3).Min(_ => Seconds(() =>
        {
            for (int i = 0; i < Updates; i++)
            {
                replay.Sample(batch, random);
                nets.Update();
            }
        })) / Updates / options.TrainEveryNth;
    }

    private static RuleSet Rules() => RulePresets.Of(RuleSetName.Theory, RewardMode.MusicTheoryAll, Key.CMajor);

    private static double Seconds(Action job)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        job();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static NoteRnnModel Net(NoteRnnShape shape)
    {
        NoteRnnWeights weights = new(shape);
        PaperNet.Numbers(weights.Values.Length, "net").CopyTo(weights.Values, 0);
        return new NoteRnnModel(weights, MelodyEncoding.Default);
    }
}
