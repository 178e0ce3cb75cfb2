using System.CommandLine;
using RLTuner.Tuning;
using RLTuner.Tuning.Algorithms;
using RLTuner.Tuning.Exploration;

namespace RLTuner.Cli.Options;

/// <summary>Every number of a tuning run as an option, under the original's names.</summary>
internal sealed class TunerOptionSet
{
    private static readonly TunerOptions Ours = new();

    /// <summary>What the original's own command uses where its loop is asked for.</summary>
    private static readonly TunerOptions Original = Ours with { ExplorationMode = ExplorationMode.Boltzmann, RewardScaler = 0.1, Discount = 0.5f };

    private readonly ChoiceOption<Algorithm> _algorithm = new(
        "--algorithm",
        "The learner: Q-learning, psi-learning (soft), G-learning (the Note RNN as prior), or Q on theory alone.",
        [.. Algorithm.All.Select(algorithm => (algorithm.Name, algorithm))]);

    private readonly Option<long> _trainingSteps = Make.Number("--training-steps", "Notes to play and learn from.", Ours.TrainingSteps);
    private readonly Option<long?> _explorationSteps = Make.NumberOrNone<long>(
        "--exploration-steps", "Notes until exploration is down to its final value [default: half of the training steps].");

    private readonly ChoiceOption<ExplorationMode?> _explorationMode = new(
        "--exploration-mode",
        $"How notes are chosen while learning; auto: {WordOf(Ours.ExplorationMode)}, with --compat magenta {WordOf(Original.ExplorationMode)}.",
        ("auto", null),
        ("egreedy", ExplorationMode.EpsilonGreedy),
        ("boltzmann", ExplorationMode.Boltzmann));

    private readonly Option<double> _randomActionProbability = Make.Number(
        "--random-action-probability", "The final chance of a random note (epsilon).", Ours.RandomActionProbability);

    private readonly Option<bool> _stochasticObservations = Make.Switch(
        "--stochastic-observations", "Draw each note from the scores instead of taking the best.");

    private readonly Option<bool> _positionInput = Make.Switch(
        "--position-input",
        "Tell the tuned net which step of the melody comes next; rules about bar, beginning and end depend on it.");

    private readonly Option<double?> _rewardScaler = Make.NumberOrNone<double>(
        "--reward-scaler",
        $"Factor on the theory reward; log p is never scaled [default: {Ours.RewardScaler}; with --compat magenta: {Original.RewardScaler}].");

    private readonly Option<int> _melodyLength = Make.Number(
        "--num-notes-in-melody", "Events in a melody, a sixteenth each.", Ours.MelodyLength);

    private readonly Option<float?> _discount = Make.NumberOrNone<float>(
        "--discount",
        $"What a reward one note later is worth now (gamma) [default: {Ours.Discount}; with --compat magenta: {Original.Discount}].");

    private readonly Option<int> _minibatchSize = Make.Number("--minibatch-size", "Transitions in an update.", Ours.MinibatchSize);
    private readonly Option<int> _maxExperience = Make.Number("--max-experience", "Transitions kept for replay.", Ours.MaxExperience);
    private readonly Option<float> _targetUpdateRate = Make.Number(
        "--target-network-update-rate", "Share of the way that the target net follows at each update.", Ours.TargetNetworkUpdateRate);

    private readonly Option<int> _trainEveryNth = Make.Number("--train-every-nth", "An update every so many notes.", Ours.TrainEveryNth);
    private readonly Option<int> _storeEveryNth = Make.Number(
        "--store-every-nth", "A transition is kept every so many notes.", Ours.StoreEveryNth);

    private readonly Option<float> _learningRate = Make.Number("--learning-rate", "Adam's step size.", Ours.LearningRate);
    private readonly Option<float> _clipNorm = Make.Number("--clip-norm", "Largest norm of the gradient of one variable.", Ours.ClipNorm);
    private readonly Option<long?> _outputEveryNth = Make.NumberOrNone<long>(
        "--output-every-nth",
        "Notes between progress lines, evaluations and checkpoints [default: a twentieth of the training steps].");

    private readonly Option<int> _threads = Make.Number(
        "--threads", "1, or 2 to share the work; the result is the same to the byte.", Ours.Threads);

    private readonly Option<ulong> _seed = Make.Number("--seed", "One seed reproduces a run to the byte.", Ours.Seed);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [
                _algorithm, _trainingSteps, _explorationSteps, _explorationMode, _randomActionProbability, _stochasticObservations, _positionInput,
                _rewardScaler, _melodyLength, _discount, _minibatchSize, _maxExperience, _targetUpdateRate, _trainEveryNth, _storeEveryNth,
                _learningRate, _clipNorm, _outputEveryNth, _threads, _seed,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>How many threads share the work.</summary>
    public int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    /// <summary>The training steps, if they are given.</summary>
    public long? StepsGiven(ParseResult parsed) => parsed.GetResult(_trainingSteps) is { Implicit: false } ? parsed.GetValue(_trainingSteps) : null;

    public TunerOptions Read(ParseResult parsed, Theory theory)
    {
        TunerOptions defaults = theory.Compatibility == Compatibility.Magenta ? Original : Ours;
        long steps = parsed.GetValue(_trainingSteps);
        TunerOptions options = new()
        {
            Algorithm = _algorithm.Read(parsed),
            Compatibility = theory.Compatibility,
            TrainingSteps = steps,
            ExplorationSteps = parsed.GetValue(_explorationSteps) ?? Math.Max(1, steps / 2),
            ExplorationMode = _explorationMode.Read(parsed) ?? defaults.ExplorationMode,
            RandomActionProbability = parsed.GetValue(_randomActionProbability),
            StochasticObservations = parsed.GetValue(_stochasticObservations),
            PositionInput = parsed.GetValue(_positionInput),
            RewardScaler = parsed.GetValue(_rewardScaler) ?? defaults.RewardScaler,
            RewardMode = theory.Mode,
            MelodyLength = parsed.GetValue(_melodyLength),
            Discount = parsed.GetValue(_discount) ?? defaults.Discount,
            MinibatchSize = parsed.GetValue(_minibatchSize),
            MaxExperience = parsed.GetValue(_maxExperience),
            TargetNetworkUpdateRate = parsed.GetValue(_targetUpdateRate),
            TrainEveryNth = parsed.GetValue(_trainEveryNth),
            StoreEveryNth = parsed.GetValue(_storeEveryNth),
            LearningRate = parsed.GetValue(_learningRate),
            ClipNorm = parsed.GetValue(_clipNorm),
            OutputEveryNth = parsed.GetValue(_outputEveryNth) ?? Math.Max(1, steps / 20),
            Threads = Threads(parsed),
            Seed = parsed.GetValue(_seed),
        };
        return Limits.Checked(options.Validated);
    }

    public static string WordOf(ExplorationMode mode) => mode == ExplorationMode.Boltzmann ? "boltzmann" : "egreedy";
}
