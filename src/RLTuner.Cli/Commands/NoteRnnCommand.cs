using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Training;
using RLTuner.Scores;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner note-rnn</c>: trains nets to continue melodies, and says how well they do.</summary>
internal static class NoteRnnCommand
{
    private const int MelodiesComposed = 1000, StepsHeard = 16, StepsCounted = 256;

    public static Command Create() => new("note-rnn", "Trains Note RNNs on a corpus of melodies, and evaluates them.") { Train(), Evaluate(), Histograms() };

    private static ExplainedCommand Train()
    {
        Argument<string> corpus = new("corpus") { Description = "A corpus file, as 'rltuner corpus build' writes it." };
        Option<string> output = new("--output")
        {
            Description = "The net's file (.safetensors); the files that --resume and plots need lie beside it.",
            HelpName = "FILE",
            Required = true,
        };
        Option<bool> resume = Make.Switch("--resume", "Go on where training to the same --output ended, with its settings; only --epochs and --patience may change.");
        TrainingOptionSet training = new();
        ExplainedCommand command = new(
            "train",
            "Train a Note RNN on a corpus.",
            """
            Teaches an LSTM to predict each event of the corpus's training melodies from those before it. After each epoch the melodies
            held out judge it: the best net is kept, and training stops when it gets no better. Ctrl-C stops and keeps the best net.
            docs/training.md explains the settings and their defaults.

            Examples:
              rltuner note-rnn train folk.corpus --output folk.safetensors
              rltuner note-rnn train folk.corpus --output large.safetensors --units 256,256 --dropout 0.3
              rltuner note-rnn train folk.corpus --output folk.safetensors --resume --epochs 200
            """)
        {
            corpus, output, resume,
        };
        training.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string file = parsed.GetValue(output)!;
            if (!file.EndsWith(NoteRnnFile.Extension, StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"--output: expected a file that ends in {NoteRnnFile.Extension}, found {file}");
            }

            TrainingFiles files = new(file);
            MelodyCorpus melodies = CorpusFile.Load(parsed.GetValue(corpus)!);
            OutputFolder.MakeFor(file);
            return Run(Trainer(), melodies, new TrainingDisplay(files), file);

            NoteRnnTrainer Trainer()
            {
                if (!parsed.GetValue(resume))
                {
                    return new NoteRnnTrainer(melodies, training.Units(parsed), training.Read(parsed));
                }

                (int? epochs, int? patience) = training.WhenResuming(parsed);
                if (!File.Exists(files.Checkpoint))
                {
                    throw new FileNotFoundException($"{files.Checkpoint}: expected where training stands, found no such file (train without --resume)", files.Checkpoint);
                }

                return TrainingCheckpoint.Resume(files.Checkpoint, melodies, epochs, patience);
            }
        });
        return command;
    }

    private static int Run(NoteRnnTrainer trainer, MelodyCorpus corpus, TrainingDisplay display, string file)
    {
        using StopSignal stop = new();
        Console.WriteLine(FormattableString.Invariant(
            $"Training {trainer.Model.Shape} on {corpus.Training.Length:N0} melodies, judged by {corpus.Validation.Length:N0} held out"));
        TrainingEnd end = display.Run(trainer, stop.Token);
        if (trainer.Epoch == 0)
        {
            Console.Error.WriteLine(end == TrainingEnd.Diverged
                ? "rltuner: the loss became NaN in the first epoch; no net was kept. Try a smaller --learning-rate."
                : "rltuner: stopped in the first epoch; no net was kept");
            return end == TrainingEnd.Diverged ? ExitCode.Failed : ExitCode.Stopped;
        }

        Console.WriteLine(end == TrainingEnd.EarlyStop
            ? $"No better for {trainer.EpochsSinceBest} epochs (--resume with a greater --patience goes on)"
            : $"{trainer.Epoch} epochs done");
        Console.WriteLine(FormattableString.Invariant($"The best net    {file}  ({trainer.BestLoss:F4} nats an event on the melodies held out)"));
        Console.WriteLine($"Next            rltuner tune --note-rnn {ShellText.Quoted(file)}");
        switch (end)
        {
            case TrainingEnd.Diverged:
                Console.Error.WriteLine("rltuner: the loss became NaN; the best net so far is kept. Try a smaller --learning-rate.");
                return ExitCode.Failed;
            case TrainingEnd.Cancelled:
                Console.Error.WriteLine($"rltuner: stopped after epoch {trainer.Epoch}; --resume goes on from there");
                return ExitCode.Stopped;
            default:
                return ExitCode.Done;
        }
    }

    private static ExplainedCommand Evaluate()
    {
        NetOptions net = new();
        Argument<string?> path = new("net") { Description = ModelOption.Description, Arity = ArgumentArity.ZeroOrOne };
        Option<string> corpus = new("--corpus") { Description = "A corpus file, or melodies as .jsonl.", HelpName = "FILE", Required = true };
        ChoiceOption<CorpusSet> set = new(
            "--set",
            "Which of its melodies: those held out if there are any, else all.",
            ("auto", CorpusSet.Auto),
            ("validation", CorpusSet.Validation),
            ("all", CorpusSet.All));
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "evaluate",
            "Say how well a net predicts the melodies of a corpus.",
            """
            Predicts every event of each melody after its first note from all before it, without dropout. Then the net goes on with the first 16
            events of up to 1,000 melodies, and what it composes is held against how they really go on. docs/metrics.md defines every figure.

            Examples:
              rltuner note-rnn evaluate folk.safetensors --corpus folk.corpus
              rltuner note-rnn evaluate --corpus hymns.corpus --set all        the shipped net
            """)
        {
            path, corpus, set, format,
        };
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            LoadedNet loaded = net.Load(parsed.GetValue(path), parsed);
            NoteRnnModel model = loaded.Model;
            if (model.Prior is not null)
            {
                throw new UsageException($"{loaded.Path}: expected a net by itself, found one that G-learning put on top of another; it cannot be judged so");
            }

            string name = parsed.GetValue(corpus)!;
            MelodyCorpus melodies = CorpusFile.Load(name, model.Encoding);
            if (melodies.Encoding != model.Encoding)
            {
                throw new UsageException($"{name}: expected melodies of {model.Encoding}, as the net has, found {melodies.Encoding}");
            }

            if (melodies.StepsPerQuarter != Melody.StepsPerQuarter)
            {
                throw new UsageException($"{name}: expected melodies of {Melody.StepsPerQuarter} steps a quarter, as nets have, found {melodies.StepsPerQuarter}");
            }

            bool all = set.Read(parsed) switch
            {
                CorpusSet.Auto => melodies.Validation.IsEmpty,
                CorpusSet chosen => chosen == CorpusSet.All,
            };
            ImmutableArray<CorpusMelody> judged = all ? melodies.Training.AddRange(melodies.Validation) : melodies.Validation;
            PredictionSums sums = NoteRnnEvaluation.Of(model, judged);
            if (sums.Events == 0)
            {
                throw new UsageException($"{name}: expected melodies of two events or more, found none{(all ? "" : " held out (try --set all)")}");
            }

            // Of shorter melodies there is nothing to go on from. A net that hears bars goes on in 4/4, where what it hears is a bar.
            Melody[] goneOnWith =
            [
                .. judged.Where(melody => model.Shape.Inputs.AreEvents || (melody.Metre ?? TimeSignature.CommonTime).StepsPerBar() == StepsHeard)
                    .Select(melody => melody.Melody),
            ];
            CorpusLikeness? likeness = goneOnWith.Any(melody => melody.Events.Length > StepsHeard)
                ? CorpusLikeness.Of(model, goneOnWith, MelodiesComposed, StepsHeard, StepsCounted, seed: 1)
                : null;
            if (format.Read(parsed) == OutputFormat.Json)
            {
                JsonObject json = sums.ToJson();
                json["likeness"] = likeness is null ? null : LikenessTable.ToJson(likeness);
                Console.WriteLine(json.ToJsonString());
                return ExitCode.Done;
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{loaded.Path} ({model.Shape}) on {judged.Length:N0} {(all ? "melodies" : "melodies held out")} of {name}, {sums.Events:N0} events"));
            Console.WriteLine(FormattableString.Invariant($"  loss            {sums.Loss:F4} nats an event (perplexity {sums.Perplexity:F3})"));
            Console.WriteLine(FormattableString.Invariant($"  accuracy        {100 * sums.Accuracy:F1} % of events, {100 * sums.NoteAccuracy:F1} % of those that start a note"));
            if (likeness is not null)
            {
                LikenessTable.Print(likeness);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ExplainedCommand Histograms()
    {
        NetOptions net = new();
        Argument<string> path = new("net") { Description = ModelOption.Description };
        Option<string> corpus = new("--corpus") { Description = "The corpus that it learned from (.corpus or .jsonl).", HelpName = "FILE", Required = true };
        Option<string> output = new("--output") { Description = "The file to write (.safetensors); may be that of the net.", HelpName = "FILE", Required = true };
        ExplainedCommand command = new(
            "histograms",
            "Give a net the histograms of its corpus.",
            """
            Writes the net with the histograms of a corpus: pitch classes, intervals, lengths, places in the bar, rhythms of half bars. What it composes is then
            compared with them, without the corpus. 'note-rnn train' does it by itself; this is for nets from elsewhere. The weights stay as they are.

            Examples:
              rltuner note-rnn histograms folk.safetensors --corpus folk.corpus --output folk.safetensors
            """)
        {
            path, corpus, output,
        };
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(output)!, name = parsed.GetValue(corpus)!;
            if (!file.EndsWith(NoteRnnFile.Extension, StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"--output: expected a file that ends in {NoteRnnFile.Extension}, found {file}");
            }

            NoteRnnModel model = net.Load(parsed.GetValue(path), parsed).Model;
            MelodyCorpus melodies = CorpusFile.Load(name, model.Encoding);
            ImmutableArray<CorpusHistograms> histograms = melodies.StepsPerQuarter == Melody.StepsPerQuarter ? CorpusHistograms.Of(melodies) : [];
            if (histograms.IsEmpty)
            {
                throw new UsageException($"{name}: expected 20 windows or more of two bars with four notes, on the grid of sixteenths, found fewer");
            }

            OutputFolder.MakeFor(file);
            NoteRnnFile.Save(model with { LearnedFrom = histograms }, file);
            foreach (CorpusHistograms metre in histograms)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"{metre.Metre,-6} {metre.PitchClasses.Sum(),9:N0} notes, {metre.NotesPerBar:F2} a bar; entropy of lengths {metre.LengthEntropy:F2} bits"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private enum CorpusSet
    {
        Auto,
        Validation,
        All,
    }
}
