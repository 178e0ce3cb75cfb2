using System.Text.Json.Nodes;
using RLTuner.Evaluation;
using Spectre.Console;

namespace RLTuner.Cli.Display;

/// <summary>Statistics side by side, for people and for programs.</summary>
internal static class FigureTable
{
    public static void Print(string title, params (string Heading, IReadOnlyList<Figure> Figures)[] columns)
    {
        Console.WriteLine(title);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach ((string heading, _) in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
        }

        for (int row = 0; row < columns[0].Figures.Count; row++)
        {
            string name = columns[0].Figures[row].Name.Replace('_', ' ');
            table.AddRow([Markup.Escape(name), .. columns.Select(column => Markup.Escape(column.Figures[row].Text))]);
        }

        AnsiConsole.Write(table);
    }

    public static JsonObject ToJson(IEnumerable<Figure> figures) =>
        new(figures.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)(double.IsFinite(figure.Value) ? figure.Value : null))));
}
