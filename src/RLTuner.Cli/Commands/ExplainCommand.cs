using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Music;
using RLTuner.Music.Analysis;
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
                MelodySoFar before = new(encoding, melody.PlannedLength, rules.TimeSignature);
                if (format.Read(parsed) == OutputFormat.Json)
                {
                    PrintJson(melody, before, rules.Rules);
                }
                else
                {
                    PrintTable(name, melody, before, rules.Rules);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void PrintJson(Melody melody, MelodySoFar before, RuleSet rules)
    {
        double[] each = new double[rules.Rules.Length];
        JsonArray total = [];
        JsonArray[] columns = [.. rules.Rules.Select(_ => new JsonArray())];
        foreach (MelodyEvent next in melody.Events)
        {
            total.Add((JsonNode)rules.Score(before, next, each));
            for (int i = 0; i < each.Length; i++)
            {
                columns[i].Add((JsonNode)each[i]);
            }

            before.Append(next);
        }

        JsonObject byRule = new(rules.Rules.Select((entry, i) => KeyValuePair.Create(entry.Rule.Name, (JsonNode?)columns[i])));
        Console.WriteLine(new JsonObject { ["total"] = total, ["rules"] = byRule }.ToJsonString());
    }

    private static void PrintTable(string name, Melody melody, MelodySoFar before, RuleSet rules)
    {
        double[] each = new double[rules.Rules.Length], sums = new double[rules.Rules.Length];
        Console.WriteLine(name);
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("bar").AddColumn("step").AddColumn("event").AddColumn(new TableColumn("score").RightAligned()).AddColumn("why");
        int step = 0;
        foreach (MelodyEvent next in melody.Events)
        {
            double total = rules.Score(before, next, each);
            string why = string.Join(
                "\n",
                rules.Rules.Select((entry, i) => (entry.Rule, Score: each[i], Sentence: entry.Rule.Explain(before, next)))
                    .Where(said => said.Score != 0)
                    .Select(said => $"{Signed(said.Score)} {said.Rule.Name}: {said.Sentence}"));
            if (why.Length > 0 || next.StartsNote)
            {
                table.AddRow(
                    Number((step / before.StepsPerBar) + 1), Number((step % before.StepsPerBar) + 1), next.ToString(),
                    total == 0 ? "" : Signed(total), Markup.Escape(why));
            }

            for (int i = 0; i < each.Length; i++)
            {
                sums[i] += each[i];
            }

            before.Append(next);
            step++;
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"Sum {Signed(sums.Sum())}: {string.Join(", ", rules.Rules.Select((entry, i) => $"{entry.Rule.Name} {Signed(sums[i])}"))}");
        Console.WriteLine();
    }

    private static string Signed(double value) => value.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
