using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.Sweeps;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner sweep plan</c>: from a file of values to a folder of runs.</summary>
internal static class SweepPlanCommand
{
    public static Command Create()
    {
        Argument<string> plan = new("PLAN") { Description = "The plan, a JSON file: docs/sweeps.md describes it." };
        Option<string> output = new("--output") { Description = "The sweep's folder; runs are added to one that is there.", HelpName = "DIR", Required = true };
        NetOptions net = new();
        ExplainedCommand command = new(
            "plan",
            "Make the runs of a sweep from a file that says what to try.",
            """
            Makes each combination of values a run, checks all of them, and writes the sweep's folder: runs.jsonl, a run a line, the nets and
            melodies that they start from, and files that give them to a cluster. Nothing is run. A plan with more values, planned into the same folder, adds runs to it.

            A plan, for 2 algorithms x 3 scalers x 5 seeds = 30 runs:
              {
                "base": { "preset": "paper", "training-steps": 200000 },
                "grid": { "algorithm": ["q", "g"], "reward-scaler": [0.5, 1, 2] },
                "seeds": [1, 2, 3, 4, 5]
              }

            Examples:
              rltuner sweep plan grid.json --output sweep/
              rltuner sweep run sweep/
            """);
        command.Arguments.Add(plan);
        command.Options.Add(output);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string path = parsed.GetValue(plan)!, folder = parsed.GetValue(output)!;
            SweepFolder sweep = SweepFolder.Plan(path, folder, name => net.Load(name, parsed).Model, RunOptions.Surroundings);
            int jobs = JobsOption.Auto();
            string time = SweepText.Time(SweepEstimate.Of(sweep, RunOptions.Surroundings) / Math.Min(jobs, sweep.Runs.Length));
            Console.WriteLine(FormattableString.Invariant(
                $"{SweepText.Count(sweep.Runs.Length, "run")} of {sweep.Runs.Sum(run => run.Plan.TrainingSteps):N0} notes in all; what is not done takes about {time} here, {jobs} at a time"));
            Console.WriteLine($"here          rltuner sweep run {ShellText.Quoted(folder)}");
            Console.WriteLine($"on Slurm      sbatch {ShellText.Quoted(Path.Combine(folder, "sweep.sbatch"))}");
            Console.WriteLine($"on Kubernetes kubectl create -f {ShellText.Quoted(Path.Combine(folder, "job.yaml"))}");
            return ExitCode.Done;
        });
        return command;
    }
}
