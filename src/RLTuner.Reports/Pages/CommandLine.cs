using System.Globalization;
using System.Text;
using System.Text.Json;
using RLTuner.Tuning;
using RLTuner.Tuning.Exploration;

namespace RLTuner.Reports.Pages;

/// <summary>The command that repeats a run.</summary>
public static class CommandLine
{
    /// <summary>The file of rule weights that <see cref="Arguments"/> names where weights are not all 1.</summary>
    public const string RulesFile = "rules.json";

    /// <summary>What follows <c>rltuner</c>: <c>tune</c> and every option that a run depends on, so that later defaults change nothing.</summary>
    public static IReadOnlyList<string> Arguments(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool magenta = options.Compat == Compatibility.Magenta;
        List<string> arguments =
        [
            "tune",
            "--note-rnn", options.NoteRnn.Source,
            "--algorithm", options.Algorithm,
            "--seed", Text(options.Seed),
            "--compat", magenta ? "magenta" : "corrected",
            "--reward-mode", JsonNamingPolicy.KebabCaseLower.ConvertName(options.RewardMode.ToString()),
            "--reward-scaler", Text(options.RewardScaler),
            "--training-steps", Text(options.TrainingSteps),
            "--exploration-steps", Text(options.ExplorationSteps),
            "--exploration-mode", options.ExplorationMode == ExplorationMode.Boltzmann ? "boltzmann" : "egreedy",
            "--random-action-probability", Text(options.RandomActionProbability),
            "--num-notes-in-melody", Text(options.NumNotesInMelody),
            "--discount", Text(options.Discount),
            "--minibatch-size", Text(options.MinibatchSize),
            "--max-experience", Text(options.MaxExperience),
            "--target-network-update-rate", Text(options.TargetNetworkUpdateRate),
            "--train-every-nth", Text(options.TrainEveryNth),
            "--store-every-nth", Text(options.StoreEveryNth),
            "--learning-rate", Text(options.LearningRate),
            "--clip-norm", Text(options.ClipNorm),
            "--output-every-nth", Text(options.OutputEveryNth),
            "--priming-mode", options.PrimingMode,
        ];

        // Magenta's rules know C major alone, and the command refuses to be told of a key.
        arguments.AddRange(magenta ? [] : ["--key", options.Key, "--time-signature", options.TimeSignature]);
        arguments.AddRange(options.StochasticObservations ? ["--stochastic-observations"] : []);
        arguments.AddRange(options.PositionInput ? ["--position-input"] : []);
        if (options.Primer is { } primer)
        {
            arguments.AddRange([options.PrimingMode == "single-midi" ? "--midi-primer" : "--training-data-path", primer]);
        }

        arguments.AddRange(HasWeights(options) ? ["--rules", RulesFile] : []);
        return arguments;
    }

    /// <summary>Whether any rule has another weight than 1.</summary>
    internal static bool HasWeights(RunOptions options) => options.Rules.Values.Any(weight => weight != 1);

    /// <summary>The content of <see cref="RulesFile"/>.</summary>
    internal static string Weights(RunOptions options) =>
        "{" + string.Join(", ", options.Rules.Select(rule => $"\"{JsonEncodedText.Encode(rule.Key)}\": {Text(rule.Value)}")) + "}";

    /// <summary>The command as one types it into a shell, in lines of a readable length.</summary>
    internal static string Shell(RunOptions options)
    {
        const int LineLength = 88;
        IReadOnlyList<string> arguments = Arguments(options);
        StringBuilder text = new("rltuner");
        int length = text.Length;
        for (int i = 0; i < arguments.Count; i++)
        {
            // An option and its value stay together.
            string piece = Quoted(arguments[i]);
            if (IsOption(arguments[i]) && i + 1 < arguments.Count && !IsOption(arguments[i + 1]))
            {
                piece += " " + Quoted(arguments[++i]);
            }

            bool fits = length + 1 + piece.Length <= LineLength;
            text.Append(fits ? " " : " \\\n  ").Append(piece);
            length = (fits ? length + 1 : 2) + piece.Length;
        }

        return text.ToString();
    }

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or ',')
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
