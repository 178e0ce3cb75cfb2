using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Ratings;
using RLTuner.Rewards;
using RLTuner.Rules;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner rules fit</c>: weights that prefer what a listener prefers.</summary>
internal static class RulesFitCommand
{
    public static Command Create()
    {
        Argument<string> file = RatingsArgument.Create();
        WeighedRulesOptions rules = new();
        Option<string> output = new("--output") { Description = "The weights, a JSON file as --rules takes it.", HelpName = "FILE", Required = true };
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "fit",
            "Weights of rules that prefer what a listener preferred.",
            """
            Finds the weights by which the rules explain best what was chosen, near the present weights where the ratings say little (Bradley and Terry's model on what
            each rule gives both melodies). The next tuning follows the listener. Beside each weight stands where the listener's own lies in 95 of 100 cases. Rules that
            gave both melodies of every pair the same stay as they are. docs/ratings.md has the model.

            Examples:
              rltuner rules fit studio/ratings.jsonl --output weights.json
              rltuner tune --rules weights.json
              rltuner rules fit studio/ratings.jsonl --rules weights.json --output better.json
            """);
        command.Arguments.Add(file);
        command.Options.Add(output);
        rules.AddTo(command);
        command.Options.Add(format);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            (RuleSetName set, RuleSet present) = rules.Read(parsed, Key.CMajor);
            RuleFit fit = RuleFit.Of(RatingsArgument.Read(parsed.GetValue(file)!).Ratings, set, present);
            string path = parsed.GetValue(output)!;
            OutputFolder.MakeFor(path);
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(WeightsOf(fit))));
            if (format.Read(parsed) == OutputFormat.Json)
            {
                Console.WriteLine(ToJson(fit).ToJsonString());
            }
            else
            {
                Print(fit);
                Console.WriteLine(Path.GetFullPath(path));
            }

            if (fit.Word is { } word)
            {
                RunOptions.Surroundings.Warn(word);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What --rules takes, a rule a line.</summary>
    private static string WeightsOf(RuleFit fit) =>
        $"{{\n{string.Join(",\n", fit.Weights.Select(rule => string.Create(CultureInfo.InvariantCulture, $"  \"{rule.Key}\": {Math.Round(rule.Value, 4)}")))}\n}}\n";

    private static JsonObject ToJson(RuleFit fit) => new()
    {
        ["ratings"] = fit.Ratings,
        ["sharpness"] = fit.Sharpness,
        ["word"] = fit.Word,
        ["rules"] = new JsonArray([.. fit.Rules.Select(rule => new JsonObject
        {
            ["name"] = rule.Name,
            ["before"] = rule.Before,
            ["after"] = rule.After,
            ["interval"] = rule.Interval is { } interval ? new JsonArray(interval.Low, interval.High) : null,
        })]),
    };

    private static void Print(RuleFit fit)
    {
        Console.WriteLine(FormattableString.Invariant($"{fit.Ratings:N0} ratings; a point more of the rules multiplies a melody's odds by {Math.Exp(fit.Sharpness):0.##}"));
        Table table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (string heading in (string[])["before", "after", "95 %"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (FittedRule rule in fit.Rules)
        {
            table.AddRow(
                Markup.Escape(rule.Name.Replace('_', ' ')), Number(rule.Before), Number(rule.After),
                rule.Interval is { Low: var low, High: var high } ? $"{Number(low)} to {Number(high)}" : "no pair tells");
        }

        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
