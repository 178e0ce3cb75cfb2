using RLTuner.Evaluation;
using RLTuner.Runs;
using Spectre.Console;

namespace RLTuner.Cli.Display;

/// <summary>Statistics side by side, for people.</summary>
internal static class FigureTable
{
    public static void Print(string title, params (string Heading, NetMetrics Measured)[] columns)
    {
        Console.WriteLine(title);
        Table table = New();
        foreach ((string heading, _) in columns)
        {
            Add(table, heading);
            Add(table, "95 %");
        }

        for (int row = 0; row < columns[0].Measured.Figures.Length; row++)
        {
            Figure[] figures = [.. columns.Select(column => column.Measured.Figures[row])];
            AddRow(table, figures[0].Name.Replace('_', ' '), figures.SelectMany(figure => (string[])[figure.Text, figure.IntervalText]));
        }

        AnsiConsole.Write(table);
        PrintRules(columns);
    }

    /// <summary>What each rule gives a melody, and to how many steps it gives something, and something below 0.</summary>
    private static void PrintRules((string Heading, NetMetrics Measured)[] columns)
    {
        if (columns[0].Measured.Rules.Length == 0)
        {
            return;
        }

        Table table = New();
        foreach ((string heading, _) in columns)
        {
            Add(table, $"{heading}\nreward");
            Add(table, "\nfired");
            Add(table, "\nviolated");
        }

        for (int row = 0; row < columns[0].Measured.Rules.Length; row++)
        {
            RuleFigures[] rules = [.. columns.Select(column => column.Measured.Rules[row])];
            AddRow(table, rules[0].Name.Replace('_', ' '), rules.SelectMany(rule => (string[])[rule.Reward.Text, rule.Fired.Text, rule.Violated.Text]));
        }

        AnsiConsole.Write(table);
    }

    private static Table New() => new Table().Border(TableBorder.Simple).AddColumn("");

    private static void Add(Table table, string heading) => table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());

    private static void AddRow(Table table, string name, IEnumerable<string> cells) =>
        table.AddRow([Markup.Escape(name), .. cells.Select(Markup.Escape)]);
}
