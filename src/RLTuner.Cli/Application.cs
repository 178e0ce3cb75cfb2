using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using RLTuner.Cli.Commands;
using RLTuner.Cli.Display;
using RLTuner.Files;

namespace RLTuner.Cli;

/// <summary>All commands, and what becomes of a line of them.</summary>
internal static class Application
{
    /// <summary>The tree of commands.</summary>
    public static Command Root()
    {
        ExplainedCommand root = new(
            "rltuner",
            "Tunes a Note RNN (an LSTM that continues melodies) by reinforcement learning, so that its melodies obey rules of music "
            + "theory while keeping what it learned from data.",
            """
            Start with:
              rltuner studio                               a page to tune, watch, hear and rate in
              rltuner tune                                 tune the net that comes with the program; takes about a quarter of a minute
              rltuner evaluate --model runs/pg-1            what changed, in figures
              rltuner report runs/pg-1                      a page to look at and to listen to, made at the end of each run
              rltuner compose --model runs/pg-1 --count 10  ten melodies as MIDI files
              rltuner explain melody.mid                   what each rule says of a melody, step by step

            With music of your own:
              rltuner corpus build tunes/ --output folk.corpus
              rltuner note-rnn train folk.corpus --output folk.safetensors
              rltuner tune --note-rnn folk.safetensors

            'rltuner COMMAND --help' explains a command.

            """)
        {
            TuneCommand.Create(),
            StudioCommand.Create(),
            ComposeCommand.Create(),
            EvaluateCommand.Create(),
            ReportCommand.Create(),
            SweepCommand.Create(),
            PaperCommand.Create(),
            ExplainCommand.Create(),
            RulesCommand.Create(),
            RateCommand.Create(),
            PredictCommand.Create(),
            CorpusCommand.Create(),
            NoteRnnCommand.Create(),
            CheckpointCommand.Create(),
            BenchCommand.Create(),
        };
        root.Options.Add(new HelpOption { Action = new HelpWithExamples(new HelpAction()) });
        root.Options.Add(new VersionOption());
        return root;
    }

    /// <summary>Does what the words ask for and returns what the shell is told: an <see cref="ExitCode"/>.</summary>
    public static int Run(string[] words)
    {
        Command root = Root();
        if (ShellCompletion.Answers(root, words))
        {
            return ExitCode.Done;
        }

        ParseResult parsed = root.Parse(words.Length == 0 ? ["--help"] : Spelling.WithHyphens(words));
        if (ParseProblem.Of(parsed) is { } problem)
        {
            Console.Error.WriteLine($"rltuner: {PlainText.Of(problem)}");
            Console.Error.WriteLine($"See 'rltuner {PathOf(parsed.CommandResult)}--help'.");
            return ExitCode.WrongUsage;
        }

        return Errors.Guard(() => parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
    }

    private static string PathOf(SymbolResult? result) =>
        result is CommandResult { Parent: { } parent, Command: { } command } ? $"{PathOf(parent)}{command.Name} " : "";
}
