using RLTuner.Rules;
using RLTuner.Tuning.Algorithms;
using RLTuner.Tuning.Exploration;

namespace RLTuner.Tuning;

/// <summary>Whose behaviour: ours, or the published program's with its defects.</summary>
public enum Compatibility
{
    /// <summary>The algorithm as the paper means it. Every difference is listed in docs/differences-from-magenta.md.</summary>
    Corrected,

    /// <summary>The published program, bugs included.</summary>
    Magenta,
}

/// <summary>
/// Every number of a tuning run. Defaults are the settings that docs/choosing-defaults.md found best among the original's own;
/// "original" below names what its library, its command and its notebook used where they differ.
/// </summary>
public sealed record TunerOptions
{
    /// <summary>The learner. Default Q.</summary>
    public Algorithm Algorithm { get; init; } = Algorithm.Q;

    /// <summary>Ours or the published program's behaviour.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>Notes to play and learn from, 1 or more. Default 1,000,000, as the paper.</summary>
    public long TrainingSteps { get; init; } = 1_000_000;

    /// <summary>Notes over which epsilon falls to its final value, 1 or more. Default 500,000, as the original.</summary>
    public long ExplorationSteps { get; init; } = 500_000;

    /// <summary>How notes are chosen. Original: Boltzmann in its command, epsilon-greedy in its library and notebook.</summary>
    public ExplorationMode ExplorationMode { get; init; } = ExplorationMode.Boltzmann;

    /// <summary>The final epsilon, 0 to 1. Default 0.1, as the original.</summary>
    public double RandomActionProbability { get; init; } = 0.1;

    /// <summary>Whether the note played is drawn from softmax of the scores instead of the best one, outside random actions.</summary>
    public bool StochasticObservations { get; init; }

    /// <summary>Factor on the theory reward; log p is never scaled. Original: 0.1 in its command, 1 in its library and notebook; the paper 0.5.</summary>
    public double RewardScaler { get; init; } = 1;

    /// <summary>
    /// Whether the tuned net is told which step of the melody comes next, by inputs whose weights start at zero. Rules about the
    /// beginning, the end and the bar depend on it; without it the net can only guess. Not in the original.
    /// </summary>
    public bool PositionInput { get; init; }

    /// <summary>Which rules make the theory reward, and whether log p counts.</summary>
    public RewardMode RewardMode { get; init; } = RewardMode.MusicTheoryAll;

    /// <summary>Events in a melody, 2 or more. Default 32: two bars of 4/4.</summary>
    public int MelodyLength { get; init; } = 32;

    /// <summary>γ, 0 to 1: what a reward one note later is worth now. Original: 0.5 in its command, notebook and the paper, 0.95 in its library.</summary>
    public float Discount { get; init; } = 0.95f;

    /// <summary>Transitions in an update, 1 or more. Default 32.</summary>
    public int MinibatchSize { get; init; } = 32;

    /// <summary>Transitions kept for replay, at least <see cref="MinibatchSize"/>. Default 100,000.</summary>
    public int MaxExperience { get; init; } = 100_000;

    /// <summary>Share of the way that the target net moves towards the tuned net at each update, 0 to 1. Default 0.01.</summary>
    public float TargetNetworkUpdateRate { get; init; } = 0.01f;

    /// <summary>An update every so many notes, 1 or more. Default 5.</summary>
    public int TrainEveryNth { get; init; } = 5;

    /// <summary>A transition is kept every so many notes, 1 or more. Default 1.</summary>
    public int StoreEveryNth { get; init; } = 1;

    /// <summary>Adam's step size, more than 0. Default 0.001.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>The largest norm of the gradient of one variable, more than 0; longer ones are shortened to it. Default 5.</summary>
    public float ClipNorm { get; init; } = 5;

    /// <summary>Notes between reports, evaluations and checkpoints, 1 or more. Default 50,000, as the original's command.</summary>
    public long OutputEveryNth { get; init; } = 50_000;

    /// <summary>Melodies composed in an evaluation, 1 or more. Default 100, as the original.</summary>
    public int EvaluationMelodies { get; init; } = 100;

    /// <summary>1, or 2 to share each piece of work between two; the result is the same to the byte. Default 2 where there are two cores.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Start of every random stream; one seed reproduces a run bit for bit.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every field.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">A field lies outside its range; the message names it and its range.</exception>
    public TunerOptions Validated()
    {
        Require(TrainingSteps >= 1, "training-steps", TrainingSteps, "1 or more");
        Require(ExplorationSteps >= 1, "exploration-steps", ExplorationSteps, "1 or more");
        Require(RandomActionProbability is >= 0 and <= 1, "random-action-probability", RandomActionProbability, "from 0 to 1");
        Require(double.IsFinite(RewardScaler), "reward-scaler", RewardScaler, "a finite number");
        Require(MelodyLength is >= 2 and <= 65536, "num-notes-in-melody", MelodyLength, "from 2 to 65536");
        Require(Discount is >= 0 and <= 1, "discount", Discount, "from 0 to 1");
        Require(MinibatchSize is >= 1 and <= 65536, "minibatch-size", MinibatchSize, "from 1 to 65536");
        Require(MaxExperience >= MinibatchSize && MaxExperience <= 100_000_000, "max-experience", MaxExperience, $"from the minibatch size ({MinibatchSize}) to 100000000");
        Require(TargetNetworkUpdateRate is >= 0 and <= 1, "target-network-update-rate", TargetNetworkUpdateRate, "from 0 to 1");
        Require(TrainEveryNth >= 1, "train-every-nth", TrainEveryNth, "1 or more");
        Require(StoreEveryNth >= 1, "store-every-nth", StoreEveryNth, "1 or more");
        Require(!PositionInput || Compatibility == Compatibility.Corrected, "position-input", PositionInput, "off with --compat magenta");
        Require(LearningRate is > 0 and <= 1e3f, "learning-rate", LearningRate, "more than 0");
        Require(ClipNorm > 0 && float.IsFinite(ClipNorm), "clip-norm", ClipNorm, "more than 0");
        Require(OutputEveryNth >= 1, "output-every-nth", OutputEveryNth, "1 or more");
        Require(Threads is 1 or 2, "threads", Threads, "1 or 2");
        Require(EvaluationMelodies >= 1, "evaluation melodies", EvaluationMelodies, "1 or more");
        return this;
    }

    private static void Require<T>(bool holds, string name, T found, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected {expected}, found {found}"));
        }
    }
}
