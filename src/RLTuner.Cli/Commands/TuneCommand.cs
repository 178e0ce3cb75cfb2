using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
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
        Option<bool> noFigures = Make.Switch("--no-figures", "Write neither figures nor report.html; 'rltuner report RUN' makes them later.");
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
              rltuner tune --note-rnn folk.safetensors         your own net, from 'rltuner note-rnn train'
              rltuner tune --note-rnn model.ckpt-1994 --compat magenta --exploration-mode egreedy --reward-scaler 1
            """);
        noteRnn.AddTo(command);
        numbers.AddTo(command);
        theory.AddTo(command);
        priming.AddTo(command);
        net.AddTo(command);
        command.Options.Add(outputDir);
        command.Options.Add(noFigures);
        command.SetAction(parsed =>
        {
            Theory rules = theory.Read(parsed);
            TunerOptions options = numbers.Read(parsed, rules);
            LoadedNet loaded = net.Load(noteRnn.Path(parsed), parsed);
            noteRnn.Check(parsed, loaded);
            Priming primer = priming.Read(parsed, loaded.Model, rules);
            string path = parsed.GetValue(outputDir) ?? RunFolder.NextFree("runs", options.Algorithm.Name);
            return Run(loaded, rules, options, primer, path, figures: !parsed.GetValue(noFigures));
        });
        return command;
    }

    private static int Run(LoadedNet noteRnn, Theory theory, TunerOptions options, Priming priming, string path, bool figures)
    {
        using StopSignal stop = new();
        Tuner tuner = new(noteRnn.Model, theory.Rules, priming.Primer, theory.TimeSignature, options);
        RunFolder folder = RunFolder.Create(path, Describe(noteRnn, theory, options, priming), noteRnn.Model);
        MelodyEncoding encoding = noteRnn.Model.Encoding;
        string reading = theory.Compatibility == Compatibility.Magenta ? ", as Magenta's program scores them" : "";
        Say($"Tuning {noteRnn.Path} ({noteRnn.Model.Shape}, {encoding.Lowest} to {encoding.Highest}) by {options.Algorithm.Name}-learning");
        Say($"Rules: {theory.ModeName} in {theory.Key}, {theory.TimeSignature}{reading}");
        IReadOnlyList<Composition> melodiesBefore = Compose(noteRnn.Model, folder, "before", theory, options, priming);

        new TuningDisplay(options, folder).Run(tuner, stop.Token);

        IReadOnlyList<Composition> melodiesAfter = Compose(tuner.Tuned, folder, "after", theory, options, priming);
        Measured before = Measure(noteRnn.Model), after = Measure(tuner.Tuned);
        folder.WriteMetrics(new JsonObject { ["melodies"] = MelodiesMeasured, ["before"] = before.ToJson(), ["after"] = after.ToJson() });
        RunPictures.Write(folder, (noteRnn.Model, melodiesBefore), (tuner.Tuned, melodiesAfter), figures);
        Say("");
        FigureTable.Print(
            FormattableString.Invariant($"{MelodiesMeasured:N0} melodies before and after {tuner.Step:N0} steps"),
            ("before", before.Figures),
            ("after", after.Figures));
        // An untuned net often rests all the way: show a pair that sounds, if there is one.
        int shown = Math.Max(0, melodiesBefore.ToList().FindIndex(composition => composition.Melody.Notes().Any()));
        Draw(FileName("before", shown), melodiesBefore[shown].Melody, theory);
        Draw(FileName("after", shown), melodiesAfter[shown].Melody, theory);
        Say($"The tuned net   {folder.CheckpointPath(tuner.Step)}");
        Say($"Melodies        {Path.Combine(folder.Melodies, "before-01.mid")} to after-{MelodiesKept:D2}.mid");
        Say($"Learning curve  {Path.Combine(folder.FullPath, "progress.jsonl")}; figures: metrics.json; options: options.json");
        if (figures)
        {
            Say($"Report          {Path.Combine(folder.FullPath, RunReport.PageName)}, which any browser opens; figures/*.svg");
        }

        Say($"Next            rltuner compose --model {path} --count 10");
        if (stop.IsRequested)
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"rltuner: stopped at step {tuner.Step:N0} of {options.TrainingSteps:N0}; everything learned until then is kept"));
            return ExitCode.Stopped;
        }

        return ExitCode.Done;

        Measured Measure(NoteRnnModel net) =>
            Measured.Of(net, noteRnn.Model, theory, priming.Primer, MelodiesMeasured, options.MelodyLength, options.Seed);
    }

    /// <summary>Plain text: Spectre would wrap paths.</summary>
    private static void Say(string line) => Console.WriteLine(line);

    private static void Draw(string title, Melody melody, Theory theory)
    {
        Say(title);
        foreach (string line in PianoRoll.Draw(melody, theory.TimeSignature))
        {
            Say(line);
        }

        Say("");
    }

    private static string FileName(string name, int index) => FormattableString.Invariant($"{name}-{index + 1:D2}.mid");

    /// <summary>Composes a few melodies and writes them as files.</summary>
    private static IReadOnlyList<Composition> Compose(NoteRnnModel net, RunFolder folder, string name, Theory theory, TunerOptions options, Priming priming)
    {
        IReadOnlyList<Composition> melodies =
            new Composer(new NoteRnnPolicy(net), priming.Primer).Compose(MelodiesKept, options.MelodyLength, options.Seed);
        for (int i = 0; i < melodies.Count; i++)
        {
            string file = Path.Combine(folder.Melodies, FileName(name, i));
            MidiWriter.Write(file, melodies[i].Melody, new MidiWriterOptions { Key = theory.Key, TimeSignature = theory.TimeSignature });
        }

        MelodyJsonLines.Write(Path.Combine(folder.Melodies, name + ".jsonl"), melodies.Select(composition => composition.Melody), net.Encoding);
        return melodies;
    }

    private static RunOptions Describe(LoadedNet noteRnn, Theory theory, TunerOptions options, Priming priming) => new()
    {
        Version = typeof(Tuner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        NoteRnn = new StartingNet(
            noteRnn.Path,
            RunFolder.HashOf(noteRnn.Model),
            noteRnn.Model.Shape.LayerSizes,
            noteRnn.Model.Shape.Classes,
            noteRnn.Model.Encoding.Lowest.MidiNumber),
        Seed = options.Seed,
        Compat = options.Compatibility,
        Algorithm = options.Algorithm.Name,
        TrainingSteps = options.TrainingSteps,
        ExplorationSteps = options.ExplorationSteps,
        ExplorationMode = options.ExplorationMode,
        RandomActionProbability = options.RandomActionProbability,
        StochasticObservations = options.StochasticObservations,
        PositionInput = options.PositionInput,
        RewardScaler = options.RewardScaler,
        RewardMode = options.RewardMode,
        Rules = theory.Rules.Rules.ToDictionary(entry => entry.Rule.Name, entry => entry.Weight),
        Key = theory.Key.ToString(),
        TimeSignature = theory.TimeSignature.ToString(),
        NumNotesInMelody = options.MelodyLength,
        PrimingMode = priming.Word,
        Primer = priming.File,
        Discount = options.Discount,
        MinibatchSize = options.MinibatchSize,
        MaxExperience = options.MaxExperience,
        TargetNetworkUpdateRate = options.TargetNetworkUpdateRate,
        TrainEveryNth = options.TrainEveryNth,
        StoreEveryNth = options.StoreEveryNth,
        LearningRate = options.LearningRate,
        ClipNorm = options.ClipNorm,
        OutputEveryNth = options.OutputEveryNth,
        EvaluationMelodies = options.EvaluationMelodies,
    };
}
