using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.Reports.Tracking;
using RLTuner.Sweeps;
using RLTuner.Tuning;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner sweep run</c>: the runs of a sweep, some at a time.</summary>
internal static class SweepRunCommand
{
    /// <summary>A machine that died holds its lock on a shared folder until its lease ends, which is a minute and a half by default.</summary>
    private static readonly TimeSpan LeaseOfTheDead = TimeSpan.FromMinutes(3);

    public static Command Create()
    {
        Argument<string> folder = SweepArgument.Create();
        JobsOption jobs = new();
        Option<int?> only = Make.NumberOrNone<int>("--only", "One run alone: its line in runs.jsonl, from 0; for arrays of jobs on a cluster.", min: 0, max: 99_999);
        Option<int?> halve = Make.NumberOrNone<int>(
            "--halve", "Successive halving: all for a small share of their notes, the best of every N combinations for N times more, and so on; only the last are run to their end.", min: 2, max: 100);
        Option<int?> windows = Make.NumberOrNone<int>("--keep", "Keep the nets of N windows of each run only, the newest [default: of all].", min: 1, max: 1_000_000_000);
        ExplainedCommand command = new(
            "run",
            "Run the runs of a sweep that are not done.",
            """
            Runs what is not done yet, some at a time. Ctrl-C, SIGTERM or a crash lose little: the same command goes on, and each run ends with the bytes that
            it would have had. A run that fails stops no other, and is tried again by the same command. Several of these may work on one folder, on
            one machine or on many that share it: no run is run twice.

            Examples:
              rltuner sweep run sweep/
              rltuner sweep run sweep/ --jobs 8
              rltuner sweep run sweep/ --only 17
              rltuner sweep run sweep/ --halve 3       a third of the combinations goes on, a third of these, and so on
            """);
        command.Arguments.Add(folder);
        command.Options.Add(jobs);
        command.Options.Add(only);
        command.Options.Add(halve);
        command.Options.Add(windows);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            SweepFolder sweep = SweepFolder.Open(parsed.GetValue(folder)!);
            int? index = parsed.GetValue(only);
            PlannedRun[] runs = index is null ? [.. sweep.Runs]
                : index < sweep.Runs.Length ? [sweep.Runs[index.Value]]
                : throw new UsageException($"--only: expected a run from 0 to {sweep.Runs.Length - 1}, found {index}");
            int? factor = parsed.GetValue(halve);
            return factor is not null && index is not null
                ? throw new UsageException("--halve: expected all runs, which are held against each other, found --only beside it")
                : Run(sweep, runs, Math.Min(runs.Length, jobs.Read(parsed)), parsed.GetValue(windows), index is null ? TimeSpan.FromSeconds(1) : LeaseOfTheDead, factor);
        });
        return command;
    }

    /// <summary>Runs runs and tells how it goes; gives an <see cref="ExitCode"/>.</summary>
    public static int Run(SweepFolder sweep, PlannedRun[] runs, int jobs, int? windowsKept, TimeSpan patience, int? halve = null)
    {
        using StopSignal stop = new();
        SweepDisplay display = new(sweep, runs);
        SweepPool pool = new(sweep, RunOptions.Surroundings with { Threads = JobsOption.ThreadsOf(jobs), WindowsKept = windowsKept })
        {
            Jobs = jobs,
            Patience = patience,
            Follow = (run, session) => new TuningListeners(RunTracking.Of(session, RunOptions.Surroundings.Warn, run), display.Follow(run, session)),
            Finish = (run, folder) => RunTracking.Finish(folder, draws: false, run),
            Ended = display.Ended,
            Paused = display.Paused,
        };
        IReadOnlyList<PlannedRun> inUse = display.Run(jobs, () => halve is { } factor
            ? new SweepHalving(sweep, pool, factor) { Begun = display.Begun, Ended = display.Ended }.Run(stop.Token)
            : pool.Run(runs, stop.Token));
        if (stop.IsRequested)
        {
            RunOptions.Surroundings.Warn($"stopped; everything learned until then is kept, and 'rltuner sweep run {ShellText.Quoted(sweep.GivenPath)}' goes on");
            return ExitCode.Stopped;
        }

        if (inUse.Count > 0)
        {
            RunOptions.Surroundings.Warn($"{SweepText.Count(inUse.Count, "run")} left to other processes, which are at work on them");
        }

        return display.Failed > 0 || (inUse.Count > 0 && runs.Length == 1) ? ExitCode.Failed : ExitCode.Done;
    }
}
