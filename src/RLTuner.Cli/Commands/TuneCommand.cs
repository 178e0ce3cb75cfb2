using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Scores.Midi;
using RLTuner.Tuning;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner tune</c>: the main job.</summary>
internal static class TuneCommand
{
    private const int MelodiesKept = 5, MelodiesMeasured = 1000;

    public static Command Create()
    {
        TheoryOptions theory = new();
        NetOptions net = new();
        NoteRnnOptions noteRnn = new();
        TunerOptionSet numbers = new();
        PrimingOptions priming = new();
        Option<string?> outputDir = new("--output-dir") { Description = "The run's folder [default: runs/ALGORITHM-1, -2, …].", HelpName = "DIR" };
        ExplainedCommand command = new(
            "tune",
            "Tune a Note RNN by reinforcement learning.",
            """
            Tunes a Note RNN by reinforcement learning. Writes a run folder: the options, a line of progress and a checkpoint a window,
            melodies before and after, and the statistics of 1,000 melodies before and after. Ctrl-C stops cleanly and keeps what was
            learned.

            Examples:
              rltuner tune --note-rnn model.ckpt-1994
              rltuner tune --note-rnn model.ckpt-1994 --algorithm psi --reward-scaler 0.5 --seed 7
              rltuner tune --note-rnn model.ckpt-1994 --key "A minor" --time-signature 3/4 --num-notes-in-melody 48
              rltuner tune --note-rnn model.ckpt-1994 --compat magenta --exploration-mode egreedy --reward-scaler 1
            """);
        noteRnn.AddTo(command);
        numbers.AddTo(command);
        theory.AddTo(command);
        priming.AddTo(command);
        net.AddTo(command);
        command.Options.Add(outputDir);
        command.SetAction(parsed =>
        {
            Theory rules = theory.Read(parsed);
            TunerOptions options = numbers.Read(parsed, rules);
            LoadedNet loaded = net.Load(noteRnn.Path(parsed), parsed);
            noteRnn.Check(parsed, loaded);
            Priming primer = priming.Read(parsed, loaded.Model, rules);
            string path = parsed.GetValue(outputDir) ?? RunFolder.NextFree("runs", options.Algorithm.Name);
            return Run(loaded, rules, options, primer, path);
        });
        return command;
    }

    private static int Run(LoadedNet noteRnn, Theory theory, TunerOptions options, Priming priming, string path)
    {
        using StopSignal stop = new();
        Tuner tuner = new(noteRnn.Model, theory.Rules, priming.Primer, theory.TimeSignature, options);
        RunFolder folder = RunFolder.Create(path, Describe(noteRnn, theory, options, priming), noteRnn.Model);
        Say($"Tuning {noteRnn.Path} ({noteRnn.Model.Shape}, {noteRnn.Model.Encoding.Lowest} to {noteRnn.Model.Encoding.Highest}) by {options.Algorithm.Name}-learning");
        Say($"Rules: {theory.ModeName} in {theory.Key}, {theory.TimeSignature}{(theory.Compatibility == Compatibility.Magenta ? ", as Magenta's program scores them" : "")}");
        Melody firstBefore = Compose(noteRnn.Model, folder, "before", theory, options, priming);

        new TuningDisplay(options, folder).Run(tuner, stop.Token);

        Melody firstAfter = Compose(tuner.Tuned, folder, "after", theory, options, priming);
        Measured before = Measure(noteRnn.Model), after = Measure(tuner.Tuned);
        folder.WriteMetrics(new JsonObject { ["melodies"] = MelodiesMeasured, ["before"] = before.ToJson(), ["after"] = after.ToJson() });
        Say("");
        FigureTable.Print(
            string.Create(CultureInfo.InvariantCulture, $"{MelodiesMeasured:N0} melodies before and after {tuner.Step:N0} steps"),
            ("before", before.Figures),
            ("after", after.Figures));
        Draw("before-01.mid", firstBefore, theory);
        Draw("after-01.mid", firstAfter, theory);
        Say($"The tuned net   {folder.CheckpointPath(tuner.Step)}");
        Say($"Melodies        {Path.Combine(folder.Melodies, "before-01.mid")} to after-{MelodiesKept:D2}.mid");
        Say($"Learning curve  {Path.Combine(folder.FullPath, "progress.jsonl")}; figures: metrics.json; options: options.json");
        Say($"Next            rltuner compose --model {path} --count 10");
        if (stop.IsRequested)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rltuner: stopped at step {tuner.Step:N0} of {options.TrainingSteps:N0}; everything learned until then is kept"));
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

    /// <summary>Writes a few melodies and returns the first.</summary>
    private static Melody Compose(NoteRnnModel net, RunFolder folder, string name, Theory theory, TunerOptions options, Priming priming)
    {
        IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(net), priming.Primer).Compose(MelodiesKept, options.MelodyLength, options.Seed);
        for (int i = 0; i < melodies.Count; i++)
        {
            string file = Path.Combine(folder.Melodies, string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1:D2}.mid"));
            MidiWriter.Write(file, melodies[i].Melody, new MidiWriterOptions { Key = theory.Key, TimeSignature = theory.TimeSignature });
        }

        return melodies[0].Melody;
    }

    private static JsonObject Describe(LoadedNet noteRnn, Theory theory, TunerOptions options, Priming priming) => new()
    {
        ["version"] = typeof(Tuner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        ["noteRnn"] = new JsonObject
        {
            ["source"] = noteRnn.Path,
            ["sha256"] = RunFolder.HashOf(noteRnn.Model),
            ["layers"] = new JsonArray([.. noteRnn.Model.Shape.LayerSizes.Select(size => JsonValue.Create(size))]),
            ["classes"] = noteRnn.Model.Shape.Classes,
            ["lowestPitch"] = noteRnn.Model.Encoding.Lowest.MidiNumber,
        },
        ["seed"] = options.Seed,
        ["compat"] = theory.Compatibility == Compatibility.Magenta ? "magenta" : "corrected",
        ["algorithm"] = options.Algorithm.Name,
        ["trainingSteps"] = options.TrainingSteps,
        ["explorationSteps"] = options.ExplorationSteps,
        ["explorationMode"] = TunerOptionSet.WordOf(options.ExplorationMode),
        ["randomActionProbability"] = options.RandomActionProbability,
        ["stochasticObservations"] = options.StochasticObservations,
        ["positionInput"] = options.PositionInput,
        ["rewardScaler"] = options.RewardScaler,
        ["rewardMode"] = theory.ModeName,
        ["rules"] = new JsonObject(theory.Rules.Rules.Select(entry => KeyValuePair.Create(entry.Rule.Name, (JsonNode?)entry.Weight))),
        ["key"] = theory.Key.ToString(),
        ["timeSignature"] = theory.TimeSignature.ToString(),
        ["numNotesInMelody"] = options.MelodyLength,
        ["primingMode"] = priming.Word,
        ["primer"] = priming.File,
        ["discount"] = options.Discount,
        ["minibatchSize"] = options.MinibatchSize,
        ["maxExperience"] = options.MaxExperience,
        ["targetNetworkUpdateRate"] = options.TargetNetworkUpdateRate,
        ["trainEveryNth"] = options.TrainEveryNth,
        ["storeEveryNth"] = options.StoreEveryNth,
        ["learningRate"] = options.LearningRate,
        ["clipNorm"] = options.ClipNorm,
        ["outputEveryNth"] = options.OutputEveryNth,
        ["evaluationMelodies"] = options.EvaluationMelodies,
    };
}
