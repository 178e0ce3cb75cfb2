using System.CommandLine;
using System.CommandLine.Parsing;
using RLTuner.Evaluation;
using RLTuner.Runs;

namespace RLTuner.Cli.Options;

/// <summary>Where a run goes, whether it goes on, and what it is made with.</summary>
internal sealed class RunOptions
{
    /// <summary>What may be asked for again of a run that goes on: how long, by how many threads, and what is told and measured.</summary>
    private static readonly string[] Changeable =
        ["--training-steps", "--threads", "--keep", "--corpus", "--quiet", "--log-format", "--no-figures"];

    private readonly Option<string?> _outputDir = Make.Path("--output-dir", "DIR", "The run's folder [default: runs/ALGORITHM-1, -2, …].");

    private readonly Option<string?> _resume = Make.Path(
        "--resume", "RUN", "Go on with a run that was stopped or killed, to the same bytes as if it had not been; with more --training-steps also with one that is done.");

    private readonly Option<string?> _restart = Make.Path(
        "--restart", "RUN", "Begin a run anew in its folder, by the options that it was started with; what it had learned is forgotten.");

    private readonly Option<int?> _windows = Make.NumberOrNone<int>("--keep", "Keep the nets of N windows only, the newest [default: of all].", min: 1, max: 1_000_000_000);

    private readonly Option<int> _threads = Make.Number(
        "--threads", "1, or 2 to share the work; the result is the same to the byte.", Math.Min(2, System.Environment.ProcessorCount), min: 1, max: 2);

    public void AddTo(Command command)
    {
        command.Options.Add(_threads);
        command.Options.Add(_outputDir);
        command.Options.Add(_resume);
        command.Options.Add(_restart);
        command.Options.Add(_windows);
    }

    /// <summary>The folder of a new run; null for the next free one.</summary>
    /// <exception cref="IOException">It holds an earlier run.</exception>
    public string? OutputDir(ParseResult parsed) => parsed.GetValue(_outputDir) is string path && RunFolder.Exists(path)
        ? throw new IOException($"{path}: expected a new folder, found an earlier run (pass another --output-dir, or remove it)")
        : parsed.GetValue(_outputDir);

    /// <summary>The folder of the run to go on with; null where none is named.</summary>
    public string? Resume(ParseResult parsed) => Earlier(parsed, _resume, Changeable);

    /// <summary>The folder of the run to begin anew; null where none is named.</summary>
    public string? Restart(ParseResult parsed) => Earlier(parsed, _restart, Changeable.Except(["--training-steps"]));

    private static string? Earlier(ParseResult parsed, Option<string?> option, IEnumerable<string> changeable)
    {
        if (parsed.GetValue(option) is not string path)
        {
            return null;
        }

        string? other = parsed.CommandResult.Command.Options.Select(option => option.Name)
            .FirstOrDefault(name => name != option.Name && !changeable.Contains(name) && parsed.CommandResult.GetResult(name) is OptionResult { Implicit: false });
        return other is null
            ? path
            : throw new UsageException($"{other}: a run goes on with the options that it was started with. Leave it out, or start a new run.");
    }

    /// <summary>What the run is made with.</summary>
    public RunEnvironment Environment(ParseResult parsed, ReferenceCorpus? corpus = null) => Surroundings with
    {
        Threads = parsed.GetValue(_threads),
        WindowsKept = parsed.GetValue(_windows),
        Corpus = corpus,
    };

    /// <summary>Warnings to stderr, melodies of every kind of file.</summary>
    public static RunEnvironment Surroundings { get; } = new()
    {
        Threads = System.Environment.ProcessorCount,
        Warn = text => Console.Error.WriteLine($"rltuner: {text}"),
        ReadMelodies = (path, encoding) => MelodySources.Read(path, encoding, asOriginal: true),
        ReadPrimers = MelodySources.ReadPrimer,
    };
}
