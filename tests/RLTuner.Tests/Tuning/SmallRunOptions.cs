using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Rules;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

/// <summary>All that a test of Q-learning may want to vary, side by side.</summary>
internal sealed record SmallRunOptions
{
    public Algorithm Algorithm { get; init; } = Algorithm.Q;

    public Quirks Quirks { get; init; }

    public long TrainingSteps { get; init; } = 1_000_000;

    public long ExplorationSteps { get; init; } = 500_000;

    public ExplorationMode ExplorationMode { get; init; } = ExplorationMode.Boltzmann;

    public double RandomActionProbability { get; init; } = 0.1;

    public bool StochasticObservations { get; init; }

    public double RewardScaler { get; init; } = 1;

    public bool CountsNoteRnn { get; init; } = true;

    public bool PositionInput { get; init; }

    public int MelodyLength { get; init; } = 32;

    public float Discount { get; init; } = 0.95f;

    public int MinibatchSize { get; init; } = 32;

    public int MaxExperience { get; init; } = 100_000;

    public float TargetNetworkUpdateRate { get; init; } = 0.01f;

    public int TrainEveryNth { get; init; } = 5;

    public int StoreEveryNth { get; init; } = 1;

    public float LearningRate { get; init; } = 1e-3f;

    public float ClipNorm { get; init; } = 5;

    public long OutputEveryNth { get; init; } = 50_000;

    public int EvaluationMelodies { get; init; } = 100;

    public int Threads { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    public QOptions Learner => new(Algorithm.Name)
    {
        ExplorationSteps = ExplorationSteps,
        ExplorationMode = ExplorationMode,
        RandomActionProbability = RandomActionProbability,
        StochasticObservations = StochasticObservations,
        Discount = Discount,
        MinibatchSize = MinibatchSize,
        MaxExperience = MaxExperience,
        TargetNetworkUpdateRate = TargetNetworkUpdateRate,
        TrainEveryNth = TrainEveryNth,
        StoreEveryNth = StoreEveryNth,
        LearningRate = LearningRate,
        ClipNorm = ClipNorm,
    };

    public WindowOptions Windows => new() { OutputEveryNth = OutputEveryNth, EvaluationMelodies = EvaluationMelodies };

    public LearningTask Task(NoteRnnModel net, RuleSet rules, IPrimer primer) =>
        new(net, new Reward(rules, RewardScaler, CountsNoteRnn && Algorithm.RewardsLikelihood ? 1 : 0), primer)
        {
            MelodyLength = MelodyLength,
            PositionInput = PositionInput,
            Seed = Seed,
            Quirks = Quirks,
            Threads = Threads,
        };

    public Tuner Tuner(NoteRnnModel net, RuleSet rules, IPrimer primer) => new(Task(net, rules, primer), Learner, Windows, TrainingSteps);
}
