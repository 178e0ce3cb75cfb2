using System.CommandLine;
using System.CommandLine.Parsing;
using RLTuner.Tuning;

namespace RLTuner.Cli.Options;

/// <summary><c>tune --resume</c>: a run goes on with the options that it was started with.</summary>
internal sealed class ResumeOptions
{
    /// <summary>What may be asked for again: how long, by how many threads, and what is told and measured.</summary>
    private static readonly string[] Changeable =
        ["--resume", "--training-steps", "--threads", "--keep", "--corpus", "--quiet", "--log-format", "--no-figures"];

    private readonly Option<string?> _run = Make.Path(
        "--resume", "RUN", "Go on with a run that was stopped or killed, to the same bytes as if it had not been; with more --training-steps also with one that is done.");

    public void AddTo(Command command) => command.Options.Add(_run);

    /// <summary>The folder of the run to go on with; null where a new one starts.</summary>
    public string? Path(ParseResult parsed)
    {
        if (parsed.GetValue(_run) is not string path)
        {
            return null;
        }

        string? other = parsed.CommandResult.Command.Options.Select(option => option.Name)
            .FirstOrDefault(name => !Changeable.Contains(name) && parsed.CommandResult.GetResult(name) is OptionResult { Implicit: false });
        return other is null
            ? path
            : throw new UsageException($"{other}: a run goes on with the options that it was started with. Leave it out, or start a new run.");
    }

    /// <summary>The options of a run, with as many steps as are asked for now.</summary>
    /// <param name="before">As the run was started.</param>
    /// <param name="steps">The steps asked for now; null for those asked for before.</param>
    /// <param name="threads">As many as now.</param>
    public static TunerOptions Of(RunOptions before, long? steps, int threads)
    {
        if (steps < before.TrainingSteps)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--training-steps: expected at least the {before.TrainingSteps} of the run so far, found {steps}. A run cannot be shortened; its checkpoints can be used."));
        }

        return Limits.Checked((before.ToTunerOptions() with { TrainingSteps = steps ?? before.TrainingSteps, Threads = threads }).Validated);
    }
}
