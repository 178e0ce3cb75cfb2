using System.Globalization;
using RLTuner.Evaluation.RuleTesting;
using RLTuner.Music;
using RLTuner.Rules;
using Spectre.Console;

namespace RLTuner.Cli.Display;

/// <summary>What rules prefer, for people.</summary>
internal static class RuleTestTable
{
    /// <summary>AUC by rule and contrast, all rules first.</summary>
    public static void PrintAuc(RuleSet rules, IReadOnlyList<Contrast> contrasts)
    {
        Table table = New();
        foreach (Contrast contrast in contrasts)
        {
            table.AddColumn(new TableColumn(Markup.Escape(contrast.Name)).RightAligned());
        }

        AddRow(table, "all rules", contrasts.Select(contrast => Auc(contrast.Auc)));
        for (int rule = 0; rule < rules.Rules.Length; rule++)
        {
            AddRow(table, NameOf(rules.Rules[rule]), contrasts.Select(contrast => Auc(contrast.AucByRule[rule])));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>What each rule gives a melody.</summary>
    public static void PrintScores(RuleSet rules, params IReadOnlyList<(string Heading, IReadOnlyList<double> Scores)> columns)
    {
        Table table = New();
        foreach ((string heading, _) in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
        }

        AddRow(table, "all rules", columns.Select(column => Score(column.Scores.Sum())));
        for (int rule = 0; rule < rules.Rules.Length; rule++)
        {
            AddRow(table, NameOf(rules.Rules[rule]), columns.Select(column => Score(column.Scores[rule])));
        }

        AnsiConsole.Write(table);
    }

    public static void PrintMelody(Melody melody, TimeSignature timeSignature)
    {
        foreach (string line in PianoRoll.Draw(melody, timeSignature))
        {
            Console.WriteLine(line);
        }
    }

    private static string NameOf(WeightedRule entry) =>
        entry.Rule.Name.Replace('_', ' ') + (entry.Weight == 1 ? "" : FormattableString.Invariant($" (x {entry.Weight:0.##})"));

    private static string Auc(double auc) => auc.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Score(double score) => score.ToString("0.0;-0.0;0", CultureInfo.InvariantCulture);

    private static Table New() => new Table().Border(TableBorder.Simple).AddColumn("");

    private static void AddRow(Table table, string name, IEnumerable<string> cells) =>
        table.AddRow([Markup.Escape(name), .. cells.Select(Markup.Escape)]);
}
