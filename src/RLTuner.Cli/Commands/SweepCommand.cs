using System.CommandLine;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner sweep</c>: many runs, here and on clusters.</summary>
internal static class SweepCommand
{
    public static Command Create() => new("sweep", "Many runs: plan them in a file, run them here or on a cluster, compare them.")
    {
        SweepPlanCommand.Create(),
        SweepRunCommand.Create(),
        SweepStatusCommand.Create(),
        SweepReportCommand.Create(),
    };
}
