using System.Globalization;
using System.Text;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Settings;

namespace RLTuner.Reports.Pages;

/// <summary>The command that repeats a run.</summary>
public static class CommandLine
{
    /// <summary>The file of rule weights that <see cref="Arguments"/> names where weights are not all 1.</summary>
    public const string RulesFile = "rules.json";

    /// <summary>What follows <c>rltuner</c>: <c>tune</c> and every option that a run depends on, so that later defaults change nothing.</summary>
    public static IReadOnlyList<string> Arguments(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        List<string> arguments =
        [
            "tune",
            "--note-rnn", plan.NoteRnn.Source,
            "--algorithm", plan.Learner.Algorithm,
            "--compat", plan.Quirks == Quirks.None ? "corrected" : "magenta",
            "--rule-set", Word(plan.Theory.RuleSet),
            "--reward-mode", Word(plan.Reward.Mode),
            "--priming-mode", Word(plan.Beginning.PrimingMode),
        ];

        // Magenta's rules know C major alone, and the command refuses to be told of a key.
        arguments.AddRange(plan.Theory.RuleSet != RuleSetName.Magenta ? ["--key", plan.Theory.Key, "--time-signature", plan.Theory.TimeSignature] : []);
        if (plan.Beginning.Primer is { } primer)
        {
            arguments.AddRange([plan.Beginning.PrimingMode == PrimingMode.SingleMidi ? "--midi-primer" : "--training-data-path", primer]);
        }

        foreach ((Setting setting, object owner) in plan.SettingValues)
        {
            arguments.AddRange(setting.Get(owner) switch
            {
                null or false => [],
                true => [$"--{setting.Name}"],
                { } value => (string[])[$"--{setting.Name}", setting.Text(value)],
            });
        }

        arguments.AddRange(HasWeights(plan) ? ["--rules", RulesFile] : []);
        return arguments;
    }

    /// <summary>Whether any rule has another weight than 1.</summary>
    internal static bool HasWeights(RunPlan plan) => plan.Theory.Rules.Values.Any(weight => weight != 1);

    /// <summary>The content of <see cref="RulesFile"/>.</summary>
    internal static string Weights(RunPlan plan) => "{" + string.Join(", ", plan.Theory.Rules.Select(
        rule => string.Create(CultureInfo.InvariantCulture, $"\"{JsonEncodedText.Encode(rule.Key)}\": {rule.Value}"))) + "}";

    /// <summary>The command as one types it into a shell, in lines of a readable length.</summary>
    internal static string Shell(RunPlan plan)
    {
        const int LineLength = 88;
        IReadOnlyList<string> arguments = Arguments(plan);
        StringBuilder text = new("rltuner");
        int length = text.Length;
        for (int i = 0; i < arguments.Count; i++)
        {
            // An option and its value stay together.
            string piece = ShellText.Quoted(arguments[i]);
            if (IsOption(arguments[i]) && i + 1 < arguments.Count && !IsOption(arguments[i + 1]))
            {
                piece += " " + ShellText.Quoted(arguments[++i]);
            }

            bool fits = length + 1 + piece.Length <= LineLength;
            text.Append(fits ? " " : " \\\n  ").Append(piece);
            length = (fits ? length + 1 : 2) + piece.Length;
        }

        return text.ToString();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);
}
