using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Reports.Pages;
using RLTuner.Runs;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner report</c>: a page of one run, or one that compares several.</summary>
internal static class ReportCommand
{
    private const string ComparisonName = "comparison.html";

    public static Command Create()
    {
        Argument<string[]> runs = new("RUN") { Description = "The folders of runs.", Arity = ArgumentArity.OneOrMore };
        Option<string?> output = Make.Path(
            "--output", "FILE", $"The page [default: {RunReport.PageName} in the run's folder; of several runs {ComparisonName} here].");
        ExplainedCommand command = new(
            "report",
            "A page about a run, or one that compares several.",
            """
            Of one run: figures/*.svg and report.html, with the statistics before and after, learning curves, every rule, and ten melodies
            before and after that play in the page. 'tune' makes it at the end of each run; this makes it again.

            Of several runs: one page with theory against log p and against distance, learning curves and a table, and the figures as SVG
            files in a folder beside it (comparison-figures/). Runs that differ in their seed alone are one group, drawn as one line with a
            band over the seeds.

            A page is one file that needs no network; any browser opens it.

            Examples:
              rltuner report runs/pg-1
              rltuner report runs/pg-1 runs/q-2 runs/psi-1 --output algorithms.html
            """);
        command.Arguments.Add(runs);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string[] folders = parsed.GetValue(runs)!;
            string page = parsed.GetValue(output)
                ?? (folders.Length == 1 ? Path.Combine(folders[0], RunReport.PageName) : ComparisonName);
            IReadOnlyList<RunRecord> read = folders.Length == 1 ? [RunReport.Write(folders[0], page)] : RunReport.Compare(folders, page);
            foreach (RunRecord run in read)
            {
                foreach (string remark in run.Remarks)
                {
                    Console.Error.WriteLine($"rltuner: {run.Name}: {remark}");
                }
            }

            Console.WriteLine(Path.GetFullPath(page));
            return ExitCode.Done;
        });
        return command;
    }
}
