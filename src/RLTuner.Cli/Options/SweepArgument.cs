using System.CommandLine;

namespace RLTuner.Cli.Options;

/// <summary>Which sweep.</summary>
internal static class SweepArgument
{
    public static Argument<string> Create() => new("SWEEP") { Description = "The sweep's folder, from 'rltuner sweep plan'." };
}
