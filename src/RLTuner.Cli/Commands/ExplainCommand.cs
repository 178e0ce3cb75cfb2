using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Rules;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner explain</c>: every rule, step by step.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        NetOptions net = new();
        TheoryOptions theory = new();
        MelodyInputs inputs = new();
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "explain",
            "What each rule says of a melody, step by step.",
            """
            Says what each rule gives each step of a melody, and why. docs/rules.md describes the rules.

            Examples:
              rltuner explain melody.mid
              rltuner explain melody.mid --key "G major" --time-signature 6/8
              rltuner explain --input melodies.jsonl --compat magenta --format json
            """);
        inputs.AddTo(command);
        command.Options.Add(format);
        theory.AddTo(command);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            MelodyEncoding encoding = net.Encoding(parsed);
            Theory rules = theory.Read(parsed);
            foreach ((string name, Melody melody) in inputs.Read(parsed, encoding, rules.RuleSet == RuleSetName.Magenta))
            {
                ImmutableArray<JudgedStep> steps = JudgedStep.Of(melody, encoding, rules.TimeSignature, rules.Rules);
                if (format.Read(parsed) == OutputFormat.Json)
                {
                    PrintJson(steps, rules.Rules);
                }
                else
                {
                    PrintTable(name, steps, rules);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void PrintJson(ImmutableArray<JudgedStep> steps, RuleSet rules) => Console.WriteLine(new JsonObject
    {
        ["total"] = new JsonArray([.. steps.Select(step => (JsonNode)step.Total)]),
        ["rules"] = new JsonObject(rules.Rules.Select((entry, i) =>
            KeyValuePair.Create(entry.Rule.Name, (JsonNode?)new JsonArray([.. steps.Select(step => (JsonNode)step.Verdicts[i].Score)])))),
    }.ToJsonString());

    private static void PrintTable(string name, ImmutableArray<JudgedStep> steps, Theory theory)
    {
        Console.WriteLine(name);
        int bar = theory.TimeSignature.StepsPerBar();
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("bar").AddColumn("step").AddColumn("event").AddColumn(new TableColumn("score").RightAligned()).AddColumn("why");
        for (int step = 0; step < steps.Length; step++)
        {
            (MelodyEvent played, double total, ImmutableArray<RuleVerdict> verdicts) = steps[step];
            string why = string.Join("\n", verdicts.Where(said => said.Score != 0).Select(said => $"{Signed(said.Score)} {said.Rule}: {said.Why}"));
            if (why.Length > 0 || played.StartsNote)
            {
                table.AddRow(
                    Number((step / bar) + 1), Number((step % bar) + 1), played.ToString(), total == 0 ? "" : Signed(total), Markup.Escape(why));
            }
        }

        double[] sums = [.. theory.Rules.Rules.Select((_, i) => steps.Sum(step => step.Verdicts[i].Score))];
        AnsiConsole.Write(table);
        Console.WriteLine($"Sum {Signed(sums.Sum())}: {string.Join(", ", theory.Rules.Rules.Select((entry, i) => $"{entry.Rule.Name} {Signed(sums[i])}"))}");
        Console.WriteLine();
    }

    private static string Signed(double value) => value.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
