using System.CommandLine;
using RLTuner.NoteRnn.Training;

namespace RLTuner.Cli.Options;

/// <summary>How a Note RNN is trained.</summary>
internal sealed class TrainingOptionSet
{
    private const string Event = "event";

    private static readonly TrainingOptions Defaults = new();

    private readonly Option<string> _units = new("--units")
    {
        Description = "Units of the LSTM layer, or of several from the lowest up, such as 128,128.",
        HelpName = "N[,N]",
        DefaultValueFactory = _ => "100",
    };

    private readonly Option<string> _inputs = new("--inputs")
    {
        Description = "What the net hears beside the last event: events so many bars ago, such as bars-ago:1, and 'bar', the place in the bar; or 'none', as the paper's net.",
        HelpName = "LIST",
        DefaultValueFactory = _ => Listed(Defaults.Inputs),
    };

    private readonly Option<int> _batchSize = Make.Number("--batch-size", "Melodies an update.", Defaults.BatchSize);
    private readonly Option<int> _maxLength = Make.Number(
        "--max-length", "Longer melodies are cut into parts of N steps, to learn from and to judge by.", Defaults.MaxLength);

    private readonly Option<float> _learningRate = Make.Number("--learning-rate", "Adam's step size at first.", Defaults.LearningRate);
    private readonly Option<float> _decayRate = Make.Number("--decay-rate", "Factor on the learning rate every --decay-steps updates.", Defaults.DecayRate);
    private readonly Option<int> _decaySteps = Make.Number("--decay-steps", "Updates between two decays.", Defaults.DecaySteps);
    private readonly Option<float> _dropout = Make.Number(
        "--dropout", "The share of each layer's outputs that is silenced while learning.", Defaults.Dropout);

    private readonly Option<float> _recurrentDropout = Make.Number(
        "--recurrent-dropout",
        "The share of each layer's connections to its own next step that is silenced while learning.",
        Defaults.RecurrentDropout);

    private readonly Option<float> _clipNorm = Make.Number("--clip-norm", "Gradients of a greater norm are scaled down to it.", Defaults.ClipNorm);
    private readonly Option<float> _l2 = Make.Number("--l2", "Weight of the penalty on large weights, half their sum of squares.", Defaults.L2);
    private readonly Option<float> _averageDecay = Make.Number(
        "--average-decay",
        "The net kept is a running mean of the weights; each update moves it by 1 minus this towards them; 0 keeps the weights.",
        Defaults.AverageDecay);

    private readonly Option<int> _epochs = Make.Number("--epochs", "Passes over the training melodies at most.", Defaults.Epochs);
    private readonly Option<int> _patience = Make.Number(
        "--patience", "Stop after N epochs without a better validation loss.", Defaults.Patience);

    private readonly Option<ulong> _seed = Make.Number("--seed", "Decides the first weights, the order of melodies and the dropout.", Defaults.Seed);

    private IEnumerable<Option> All =>
    [
        _units, _inputs, _epochs, _patience, _batchSize, _maxLength, _learningRate, _decayRate, _decaySteps,
        _dropout, _recurrentDropout, _clipNorm, _l2, _averageDecay, _seed,
    ];

    private static string Listed(string inputs) => inputs[(Event.Length + 1)..].Replace(' ', ',');

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    public IReadOnlyList<int> Units(ParseResult parsed)
    {
        string text = parsed.GetValue(_units)!;
        List<int> units = [];
        foreach (string layer in text.Split(','))
        {
            units.Add(int.TryParse(layer, out int number) && number is >= 1 and <= 4096
                ? number
                : throw new UsageException($"--units: expected 1 to 4096 units, or several numbers such as 128,128, found '{text}'"));
        }

        return units;
    }

    /// <summary>Epochs and patience where the command line says them; nothing else can change when training goes on.</summary>
    public (int? Epochs, int? Patience) WhenResuming(ParseResult parsed)
    {
        Option? other = All.FirstOrDefault(option => option != _epochs && option != _patience && IsGiven(option));
        return other is null
            ? (IsGiven(_epochs) ? parsed.GetValue(_epochs) : null, IsGiven(_patience) ? parsed.GetValue(_patience) : null)
            : throw new UsageException($"{other.Name}: with --resume only --epochs and --patience can change. Leave it out, or train anew.");

        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
    }

    public TrainingOptions Read(ParseResult parsed) => Limits.Checked(new TrainingOptions
    {
        Inputs = parsed.GetValue(_inputs) is "none" or null ? Event : $"{Event} {parsed.GetValue(_inputs)!.Replace(',', ' ')}",
        BatchSize = parsed.GetValue(_batchSize),
        MaxLength = parsed.GetValue(_maxLength),
        LearningRate = parsed.GetValue(_learningRate),
        DecayRate = parsed.GetValue(_decayRate),
        DecaySteps = parsed.GetValue(_decaySteps),
        Dropout = parsed.GetValue(_dropout),
        RecurrentDropout = parsed.GetValue(_recurrentDropout),
        ClipNorm = parsed.GetValue(_clipNorm),
        L2 = parsed.GetValue(_l2),
        AverageDecay = parsed.GetValue(_averageDecay),
        Epochs = parsed.GetValue(_epochs),
        Patience = parsed.GetValue(_patience),
        Seed = parsed.GetValue(_seed),
    }.Validated);
}
