using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Corpus.Reading;
using RLTuner.Files;
using RLTuner.Scores;
using RLTuner.TensorFlow.Records;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner corpus</c>: melodies to learn from, out of files of music.</summary>
internal static class CorpusCommand
{
    public static Command Create() => new("corpus", "Builds corpora of melodies from files of music, and looks into them.") { Build(), Show() };

    private static ExplainedCommand Build()
    {
        Argument<string[]> paths = new("paths")
        {
            Description = "Folders, archives (.zip, .tar, .tar.gz, .tgz, .gz) and files of music.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new("--output") { Description = "The corpus file to write, or with --format tfrecord the folder.", HelpName = "PATH", Required = true };
        ChoiceOption<CorpusFormat> format = new(
            "--format",
            "One file of our own, or a folder with training_melodies.tfrecord and eval_melodies.tfrecord for Magenta.",
            ("corpus", CorpusFormat.Corpus), ("tfrecord", CorpusFormat.TFRecord));
        CorpusOptionSet options = new();
        ExplainedCommand command = new(
            "build",
            "Build a corpus of melodies from folders and archives of music.",
            """
            Reads every file of music, finds its melodies, moves them to C major and into the range of a net, leaves out duplicates,
            holds some of the pieces out for validation, and writes one file. A report beside it says what was left out, and why.
            The defaults are those of the original's datasets; docs/corpora.md explains each option.

            Examples:
              rltuner corpus build tunes/ --output folk.corpus
              rltuner corpus build tunes.tar.gz more/ --output folk.corpus --key signature --start first-note --max-steps-truncate 0
              rltuner corpus build songs.zip --output songs.corpus --split metre --min-in-key 0.9
              rltuner corpus show folk.corpus
            """)
        {
            paths, output, format,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string[] given = parsed.GetValue(paths)!;
            string file = parsed.GetValue(output)!;
            if (format.Read(parsed) == CorpusFormat.Corpus && (Directory.Exists(file) || Path.EndsInDirectorySeparator(file)))
            {
                throw new UsageException($"--output: expected a file such as folk.corpus, found the folder {file} (name a file)");
            }

            MusicFormat[] formats = [.. MusicFormat.Known, TFRecordFormat.Format];
            CorpusBuilder builder = new(options.Read(parsed), formats);
            BuiltCorpus built;
            try
            {
                using StopSignal stop = new();
                built = CorpusProgressBar.Run(progress => builder.Build(given, progress, CorpusOutput.Paths(file), stop.Token));
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("rltuner: stopped; nothing was written");
                return ExitCode.Stopped;
            }

            CorpusOutput.ExpectMelodies(built, given, formats.SelectMany(known => known.Endings));
            built = built with { Corpus = built.Corpus with { Settings = options.Settings(parsed) } };
            CorpusFigures figures = CorpusFigures.Of(built.Corpus);
            IEnumerable<string> files = CorpusOutput.Write(built, figures, file, format.Read(parsed));
            Print([.. CorpusText.Files(built.Report), "", .. CorpusText.Figures(figures), "", $"Written: {string.Join(", ", files)}"]);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> path = new("file") { Description = "A .corpus file, or .jsonl, packed by gzip or not." };
        Command command = new("show", "Prints what a corpus file holds.") { path };
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(path)!;
            if (!File.Exists(file))
            {
                throw new FileNotFoundException($"{file}: expected a corpus file, found none (check the path)", file);
            }

            MelodyCorpus corpus = CorpusFile.Load(file);
            if (corpus.Training.IsEmpty && corpus.Validation.IsEmpty)
            {
                throw new MelodyFormatException(file, null, "expected melodies, found none (build it anew by 'rltuner corpus build')");
            }

            Console.WriteLine($"{corpus.Encoding}, {corpus.StepsPerQuarter} steps a quarter");
            Print([
                .. CorpusText.Figures(CorpusFigures.Of(corpus)), "",
                .. corpus.Settings.Count > 0 ? ["Built with", .. corpus.Settings.Select(setting => PlainText.Of($"  --{setting.Key} {setting.Value}".TrimEnd()))] : (string[])[],
            ]);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
