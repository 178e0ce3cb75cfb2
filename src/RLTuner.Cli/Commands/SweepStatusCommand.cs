using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Sweeps;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner sweep status</c>: how far a sweep is.</summary>
internal static class SweepStatusCommand
{
    public static Command Create()
    {
        Argument<string> folder = SweepArgument.Create();
        ExplainedCommand command = new(
            "status",
            "How far a sweep is: done, running, waiting, failed and why.",
            """
            Reads the folder alone, so that it may be asked from any machine that sees it.

            Examples:
              rltuner sweep status sweep/
            """);
        command.Arguments.Add(folder);
        command.SetAction(parsed =>
        {
            SweepText.Print(SweepStatus.Of(SweepFolder.Open(parsed.GetValue(folder)!)));
            return ExitCode.Done;
        });
        return command;
    }
}
