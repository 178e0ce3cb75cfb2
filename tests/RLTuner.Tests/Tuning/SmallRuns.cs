using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rules;
using RLTuner.Tests.NoteRnn;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>Runs of a second at most: a small net, short melodies, odd numbers everywhere.</summary>
internal static class SmallRuns
{
    public static SmallRunOptions Options { get; } = new()
    {
        TrainingSteps = 160,
        ExplorationMode = ExplorationMode.EpsilonGreedy,
        Discount = 0.5f,
        ExplorationSteps = 70,
        MelodyLength = 7,
        MinibatchSize = 4,
        MaxExperience = 23,
        TrainEveryNth = 3,
        StoreEveryNth = 2,
        OutputEveryNth = 25,
        EvaluationMelodies = 3,
        LearningRate = 1e-2f,
        TargetNetworkUpdateRate = 0.1f,
        RewardScaler = 0.5,
        Seed = 5,
    };

    public static NoteRnnModel Net(int classes = 6, params int[] layers)
    {
        NoteRnnShape shape = new(classes, layers.Length == 0 ? [8] : [.. layers]);
        return new NoteRnnModel(RandomNets.Weights(shape, 3), new MelodyEncoding(new Pitch(60), classes));
    }

    /// <summary>Any function of all that was heard, so that a wrong history shows.</summary>
    public static double Score(int prime, int[] played, int next) => ((((prime * 5) + (next * 3) + (played.Sum() * 7)) % 11) - 5) * 0.5;

    public static RuleSet Rules(IRule? rule = null) => new([new WeightedRule(rule ?? new RecordingRule(Score))]);

    public static Tuner Tuner(SmallRunOptions options, NoteRnnModel? net = null, IPrimer? primer = null, IRule? rule = null)
    {
        net ??= Net();
        return options.Tuner(net, Rules(rule), primer ?? new RandomNotePrimer(net.Encoding.ClassCount));
    }

    /// <summary>Runs to the end, or until the test run is cancelled.</summary>
    public static void Finish(this Tuner tuner, ITuningListener? listener = null) =>
        tuner.Run(listener, TestContext.Current.CancellationToken);

    /// <summary>Every algorithm in both modes under each way to explore.</summary>
    public static TheoryData<string, Quirks, ExplorationMode, bool> EveryKind()
    {
        TheoryData<string, Quirks, ExplorationMode, bool> data = [];
        foreach (Algorithm algorithm in Algorithm.All)
        {
            foreach (Quirks quirks in (Quirks[])[Quirks.None, Quirks.Magenta])
            {
                data.Add(algorithm.Name, quirks, ExplorationMode.EpsilonGreedy, false);
                data.Add(algorithm.Name, quirks, ExplorationMode.EpsilonGreedy, true);
                data.Add(algorithm.Name, quirks, ExplorationMode.Boltzmann, false);
            }
        }

        return data;
    }

    public static SmallRunOptions Of(string algorithm, Quirks quirks, ExplorationMode mode, bool stochastic) => Options with
    {
        Algorithm = Algorithm.All.Single(candidate => candidate.Name == algorithm),
        Quirks = quirks,
        ExplorationMode = mode,
        StochasticObservations = stochastic,
    };

    /// <summary>What a Q-learner tells of itself.</summary>
    extension(TuningWindow window)
    {
        public double Loss => window.Of("loss").Value;

        public double Exploration => window.Of("exploration").Value;

        public Diagnostic Targets => window.Of("target");
    }

    private static Diagnostic Of(this TuningWindow window, string name) => window.Learner.Single(figure => figure.Name == name);

    /// <summary>Keeps every window, and the weights as they were then.</summary>
    public sealed class Listener : ITuningListener
    {
        public List<TuningWindow> Windows { get; } = [];

        public List<float[]> Weights { get; } = [];

        public void WindowEnded(TuningWindow window, NoteRnnModel net)
        {
            Windows.Add(window);
            Weights.Add([.. net.Weights.Values]);
        }
    }
}
