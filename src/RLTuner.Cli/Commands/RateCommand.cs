using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Ratings;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner rate</c>: what listeners preferred.</summary>
internal static class RateCommand
{
    public static Command Create() => new("rate", "Ratings by ear: what won against what.") { Report() };

    private static ExplainedCommand Report()
    {
        Argument<string> file = RatingsArgument.Create();
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "report",
            "How often each kind of melody won against each other kind.",
            """
            The studio lets you hear two melodies without saying what they are, and keeps what you chose in studio/ratings.jsonl. This says how often melodies
            after tuning won against those before, runs against runs, and both against real tunes: the share won, a tie as half, with the interval in which it lies
            in 95 of 100 cases (Wilson's). Where it holds 50 %, the ratings do not tell which is better. docs/ratings.md defines each figure.

            Examples:
              rltuner rate report studio/ratings.jsonl
              rltuner rate report studio/ratings.jsonl --format json
            """);
        command.Arguments.Add(file);
        command.Options.Add(format);
        command.SetAction(parsed =>
        {
            RatingsFile read = RatingsArgument.Read(parsed.GetValue(file)!);
            IReadOnlyList<Comparison> comparisons = Comparison.Of(read.Ratings);
            if (format.Read(parsed) == OutputFormat.Json)
            {
                Console.WriteLine(new JsonObject
                {
                    ["ratings"] = read.Ratings.Length,
                    ["comparisons"] = new JsonArray([.. comparisons.Select(found => new JsonObject
                    {
                        ["better"] = found.Better,
                        ["worse"] = found.Worse,
                        ["wins"] = found.Wins,
                        ["losses"] = found.Losses,
                        ["ties"] = found.Ties,
                        ["rate"] = found.Rate,
                        ["interval"] = new JsonArray(found.Interval.Low, found.Interval.High),
                    })]),
                }.ToJsonString());
            }
            else
            {
                Print(read.Ratings.Length, comparisons);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(int ratings, IReadOnlyList<Comparison> comparisons)
    {
        Console.WriteLine(FormattableString.Invariant($"{ratings:N0} ratings"));
        Table table = new Table().Border(TableBorder.Simple).AddColumn("better").AddColumn("against");
        foreach (string heading in (string[])["wins", "losses", "ties", "won", "95 %"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (Comparison found in comparisons)
        {
            table.AddRow([.. ((string[])
            [
                found.Better, found.Worse, Number(found.Wins), Number(found.Losses), Number(found.Ties), $"{Percent(found.Rate)} %",
                $"{Percent(found.Interval.Low)} to {Percent(found.Interval.High)}",
            ]).Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
