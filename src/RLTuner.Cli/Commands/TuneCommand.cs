using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Reports.Pages;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tuning;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner tune</c>: the main job.</summary>
internal static class TuneCommand
{
    private const int MelodiesKept = 10, MelodiesMeasured = 1000;

    public static Command Create()
    {
        TheoryOptions theory = new();
        NetOptions net = new();
        NoteRnnOptions noteRnn = new();
        TunerOptionSet numbers = new();
        PrimingOptions priming = new();
        CopyingOptions copying = new();
        ResumeOptions resume = new();
        KeepingOptions keeping = new();
        ReportingOptions reporting = new();
        Option<string?> outputDir = Make.Path("--output-dir", "DIR", "The run's folder [default: runs/ALGORITHM-1, -2, …].");
        ExplainedCommand command = new(
            "tune",
            "Tune a Note RNN by reinforcement learning.",
            """
            Tunes a Note RNN by reinforcement learning. Writes a run folder: the options, a line of progress and a checkpoint a window,
            melodies before and after, the statistics of 1,000 melodies before and after, figures, and report.html with all of it to
            look at and to listen to. Ctrl-C stops cleanly and keeps what was learned.

            Examples:
              rltuner tune                                     the net that comes with the program
              rltuner tune --algorithm psi --reward-scaler 0.5 --seed 7
              rltuner tune --key "A minor" --time-signature 3/4 --num-notes-in-melody 48
              rltuner tune --stop-when-flat 5 --keep-best --log-format json > log.jsonl
              rltuner tune --resume runs/q-1                   goes on, were it killed or stopped
              rltuner tune --note-rnn folk.safetensors         your own net, from 'rltuner note-rnn train'
              rltuner tune --note-rnn model.ckpt-1994 --compat magenta --exploration-mode egreedy --reward-scaler 1
            """);
        noteRnn.AddTo(command);
        numbers.AddTo(command);
        theory.AddTo(command);
        priming.AddTo(command);
        net.AddTo(command);
        copying.AddTo(command);
        command.Options.Add(outputDir);
        resume.AddTo(command);
        keeping.AddTo(command);
        reporting.AddTo(command);
        command.SetAction(parsed => resume.Path(parsed) is string run ? Resume(run, parsed) : Start(parsed));
        return command;

        int Start(ParseResult parsed)
        {
            Theory rules = theory.Read(parsed);
            TunerOptions options = numbers.Read(parsed, rules);
            LoadedNet loaded = net.Load(noteRnn.Path(parsed), parsed);
            noteRnn.Check(parsed, loaded);
            Priming primer = priming.Read(parsed, loaded.Model, rules);
            Keeping kept = keeping.Read(parsed);
            IReadOnlyList<Melody>? corpus = copying.Read(parsed, loaded.Model.Encoding);
            (ITuneOutput output, bool draws) = (reporting.Read(parsed), reporting.Draws(parsed));
            Tuner tuner = new(loaded.Model, rules.Rules, primer.Primer, rules.TimeSignature, options);
            string path = parsed.GetValue(outputDir) ?? RunFolder.NextFree("runs", options.Algorithm.Name);
            RunFolder folder = RunFolder.Create(path, Describe(loaded, rules, options, primer, kept), loaded.Model, kept.Windows);
            return Run(tuner, new TuneJob(loaded, rules, options, path, folder, draws), primer, kept, corpus, output);
        }

        int Resume(string path, ParseResult parsed)
        {
            Keeping asked = keeping.Read(parsed);
            RunFolder folder = RunFolder.Open(path, asked.Windows);
            RunOptions before = folder.ReadOptions();
            Theory rules = theory.Read(parsed, before);
            TunerOptions options = ResumeOptions.Of(before, numbers.StepsGiven(parsed), numbers.Threads(parsed));
            LoadedNet loaded = new(NoteRnnFile.Load(folder.CheckpointPath(0)), path, null);
            if (RunFolder.HashOf(loaded.Model) != before.NoteRnn.Sha256)
            {
                throw new NoteRnnFormatException($"{folder.CheckpointPath(0)}: expected the net that the run was started with, found another");
            }

            Priming primer = PrimingOptions.Of(before, loaded.Model, rules);
            IReadOnlyList<Melody>? corpus = copying.Read(parsed, loaded.Model.Encoding);
            (ITuneOutput output, bool draws) = (reporting.Read(parsed), reporting.Draws(parsed));
            Tuner tuner = folder.Resume(() => new(loaded.Model, rules.Rules, primer.Primer, rules.TimeSignature, options), Warn);
            if (options.TrainingSteps != before.TrainingSteps)
            {
                folder.ChangeOptions(before with
                {
                    TrainingSteps = options.TrainingSteps,
                    Resumed = [.. before.Resumed, new ResumedRun(tuner.Step, options.TrainingSteps)],
                });
            }

            return Run(tuner, new TuneJob(loaded, rules, options, path, folder, draws), primer, keeping.Read(parsed, before), corpus, output);
        }
    }

    private static void Warn(string text) => Console.Error.WriteLine($"rltuner: {text}");

    private static int Run(Tuner tuner, TuneJob job, Priming priming, Keeping keeping, IReadOnlyList<Melody>? corpus, ITuneOutput output)
    {
        using StopSignal stop = new();
        (NoteRnnModel noteRnn, TunerOptions options) = (job.NoteRnn.Model, job.Options);
        output.Start(job, tuner.Step);
        IReadOnlyList<Composition> melodiesBefore = Compose(noteRnn, "before");
        RunTracking tracking = new(job.Folder, keeping, tuner.Step > 0, Warn);

        output.Run(job, tuner, tracking, stop.Token);

        TuneResult result = new(
            tuner.Step,
            melodiesBefore,
            Compose(tuner.Tuned, "after"),
            MelodiesMeasured,
            Measure(noteRnn),
            Measure(tuner.Tuned),
            tracking.Best,
            tracking.IsFlat && tuner.Step < options.TrainingSteps && !stop.IsRequested ? keeping.WindowsWhenFlat : null);
        job.Folder.WriteMetrics(result.Metrics());
        tracking.WriteRewards();
        RunPictures.Write(job.Folder, (noteRnn, melodiesBefore), (tuner.Tuned, result.AfterMelodies), job.Draws);
        output.End(job, result);
        if (stop.IsRequested)
        {
            Warn(FormattableString.Invariant(
                $"stopped at step {tuner.Step:N0} of {options.TrainingSteps:N0}; everything learned until then is kept, and 'rltuner tune --resume {job.Path}' goes on"));
            return ExitCode.Stopped;
        }

        return ExitCode.Done;

        IReadOnlyList<Composition> Compose(NoteRnnModel net, string name) => KeepMelodies(net, name, job, priming);

        Measured Measure(NoteRnnModel net) =>
            Measured.Of(net, noteRnn, job.Theory, priming.Primer, MelodiesMeasured, options.MelodyLength, options.Seed, corpus);
    }

    /// <summary>Composes a few melodies and writes them as files.</summary>
    private static IReadOnlyList<Composition> KeepMelodies(NoteRnnModel net, string name, TuneJob job, Priming priming)
    {
        IReadOnlyList<Composition> melodies =
            new Composer(new NoteRnnPolicy(net), priming.Primer).Compose(MelodiesKept, job.Options.MelodyLength, job.Options.Seed);
        for (int i = 0; i < melodies.Count; i++)
        {
            string file = Path.Combine(job.Folder.Melodies, FormattableString.Invariant($"{name}-{i + 1:D2}.mid"));
            MidiWriter.Write(file, melodies[i].Melody, new MidiWriterOptions { Key = job.Theory.Key, TimeSignature = job.Theory.TimeSignature });
        }

        MelodyJsonLines.Write(Path.Combine(job.Folder.Melodies, name + ".jsonl"), melodies.Select(composition => composition.Melody), net.Encoding);
        return melodies;
    }

    private static RunOptions Describe(LoadedNet noteRnn, Theory theory, TunerOptions options, Priming priming, Keeping keeping) =>
        RunOptions.Of(noteRnn.Model, noteRnn.Path, theory.Rules, theory.Key, theory.TimeSignature, options) with
        {
            PrimingMode = priming.Word,
            Primer = priming.File,
            PrimerSha256 = priming.Sha256,
            StopWhenFlat = keeping.WindowsWhenFlat,
            KeepBest = keeping.Best,
        };
}
