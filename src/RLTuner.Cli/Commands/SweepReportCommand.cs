using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Reports.Sweeps;
using RLTuner.Sweeps;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner sweep report</c>: what a sweep came to.</summary>
internal static class SweepReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = SweepArgument.Create();
        ExplainedCommand command = new(
            "report",
            "What a sweep came to: means with intervals over seeds, main effects, differences seed by seed, the frontier.",
            """
            Writes into the sweep's folder: report.html, a page; report.csv and report.jsonl, a run a line with all its figures, for pandas and the like;
            combinations.csv, mean, deviation and 95 % intervals over seeds (Student's t, and bootstrap) of every figure. Runs that are not done are left out.

            Examples:
              rltuner sweep report sweep/
            """);
        command.Arguments.Add(folder);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string sweep = parsed.GetValue(folder)!;
            int missing = SweepReport.Write(SweepFolder.Open(sweep)).Length;
            if (missing > 0)
            {
                RunOptions.Surroundings.Warn($"{SweepText.Count(missing, "run")} not done and left out ('rltuner sweep status' says why)");
            }

            Console.WriteLine(Path.GetFullPath(Path.Combine(sweep, SweepReport.PageName)));
            return ExitCode.Done;
        });
        return command;
    }
}
