using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.Reports.Paper;
using RLTuner.Sweeps;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner paper</c>: the paper's table, beside ours.</summary>
internal static class PaperCommand
{
    public static Command Create()
    {
        Option<int> seeds = Make.Number("--seeds", "Seeds 1 to N; intervals need two.", initial: 5, min: 1, max: 1000);
        Option<string?> noteRnn = Make.Path("--note-rnn", "PATH", "The net to tune, of any kind that 'tune' takes [default: magenta, the paper's, fetched at its first use].");
        Option<string> output = new("--output") { Description = "The folder of runs and page.", HelpName = "DIR", DefaultValueFactory = _ => "paper" };
        Option<long> steps = Make.Number("--training-steps", "Notes of each run; pg, which the paper does not have, plays five times as many.", PaperReport.TrainingSteps, min: 1, max: 1_000_000_000);
        Option<int> count = Make.Number("--count", "Melodies of each net that are counted.", PaperReport.Melodies, min: 1, max: 1_000_000);
        JobsOption jobs = new();
        NetOptions net = new();
        ExplainedCommand command = new(
            "paper",
            "Repeat Table 1 of Jaques et al. 2017, beside the published numbers.",
            """
            Tunes by Q, psi and g as the published program does and as the paper means it, by pg with the musical rules, and as the program's notebook does; counts
            100,000 melodies of each net, and writes paper.md: every number beside the published one, with a verdict. With five seeds it takes about a quarter of an
            hour on two processors. Ctrl-C stops it, and the same command goes on.

            Examples:
              rltuner paper
              rltuner paper --seeds 2 --training-steps 50000 --count 1000 --output glance    a minute, to see what it does
            """);
        command.Options.Add(seeds);
        command.Options.Add(noteRnn);
        command.Options.Add(output);
        command.Options.Add(steps);
        command.Options.Add(count);
        command.Options.Add(jobs);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string source = parsed.GetValue(noteRnn) ?? NamedNets.Magenta;
            SweepFolder sweep = PaperReport.Plan(parsed.GetValue(output)!, net.Load(source, parsed).Model, source, parsed.GetValue(seeds), parsed.GetValue(steps));
            int atOnce = jobs.Read(parsed), melodies = parsed.GetValue(count);
            int code = SweepRunCommand.Run(sweep, [.. sweep.Runs], Math.Min(sweep.Runs.Length, atOnce), windowsKept: 1, TimeSpan.FromSeconds(1));
            return code != ExitCode.Done ? code
                : sweep.Runs.All(sweep.IsDone) ? Tell(sweep, melodies, atOnce)
                : ExitCode.Failed; // Others are at work on the rest; it was told.
        });
        return command;
    }

    private static int Tell(SweepFolder sweep, int melodies, int jobs)
    {
        using StopSignal stop = new();
        Console.WriteLine(FormattableString.Invariant($"counting {melodies:N0} melodies of each net"));
        try
        {
            PaperReport.Measure(sweep, melodies, jobs, stop.Token);
        }
        catch (OperationCanceledException)
        {
            RunOptions.Surroundings.Warn($"stopped; what is counted is kept, and the same command goes on in {ShellText.Quoted(sweep.GivenPath)}");
            return ExitCode.Stopped;
        }

        Console.WriteLine(Path.GetFullPath(PaperReport.Write(sweep, melodies)));
        return ExitCode.Done;
    }
}
