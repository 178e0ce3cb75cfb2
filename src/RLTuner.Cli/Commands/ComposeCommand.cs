using System.CommandLine;
using System.Globalization;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner compose</c>: melodies from a net.</summary>
internal static class ComposeCommand
{
    public static Command Create()
    {
        NetOptions net = new();
        TheoryOptions theory = new();
        PrimingOptions priming = new();
        Option<string?> model = ModelOption.Create();
        ComposingOptions composing = new(count: 10);
        Option<double> temperature = Make.Number("--temperature", "Below 1 safer, above 1 wilder.", 1.0, min: 0, max: 1e6, minIsOutside: true);
        Option<double> tempo = Make.Number("--tempo", "Quarter notes a minute.", 120.0, MidiWriterOptions.MinTempo, MidiWriterOptions.MaxTempo);
        Option<int> program = Make.Number("--program", "The General MIDI instrument, 0 to 127.", 0, min: 0, max: 127);
        Option<bool> continues = new("--continue") { Description = "Write the primer too, in front of what the net makes of it." };
        Option<string?> output = Make.Path(
            "--output", "PATH", "A folder for MIDI files, a .mid file for one melody, or a .jsonl file for class numbers [default: melodies].");
        ExplainedCommand command = new(
            "compose",
            "Compose melodies with a net.",
            """
            Composes melodies and writes them as MIDI files, or as one .jsonl file of class numbers. Where the output is a .mid file, one melody is composed.

            Examples:
              rltuner compose --model runs/pg-1 --count 10
              rltuner compose --model model.ckpt-1994 --midi-primer start.mid --num-notes-in-melody 64 --temperature 0.8
              rltuner compose --midi-primer start.mid --continue --output tune.mid
              rltuner compose --model runs/pg-1 --count 1000 --output melodies.jsonl
            """)
        {
            model, temperature, tempo, program, continues, output,
        };
        composing.AddTo(command);
        priming.AddTo(command);
        theory.AddTo(command, scores: false);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            string path = parsed.GetValue(output) ?? "melodies";
            int count = IsMidiFile(path) ? composing.Count(parsed, unlessGiven: 1) : composing.Count(parsed);
            if (IsMidiFile(path) && count > 1)
            {
                throw new UsageException($"--output: expected a folder for {count} melodies, found the MIDI file {path} (name a folder or a .jsonl file, or pass --count 1)");
            }

            LoadedNet loaded = net.Load(parsed.GetValue(model), parsed);
            Theory rules = theory.Read(parsed, loaded.Plan);
            MidiWriterOptions midi = new()
            {
                Tempo = parsed.GetValue(tempo),
                Program = parsed.GetValue(program),
                Key = rules.Key,
                TimeSignature = rules.TimeSignature,
            };
            IPrimer primer = priming.Primer(parsed, loaded.Model, rules, theory.QuirksOf(parsed, loaded.Plan));
            if (parsed.GetValue(continues) && primer is not MelodyPrimer)
            {
                throw new UsageException("--continue: expected a melody to go on with, found none. Name one by --midi-primer or --training-data-path.");
            }

            IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(loaded.Model, rules.TimeSignature), primer) { Threads = RunOptions.Surroundings.Threads }
                .Compose(
                    count,
                    composing.Length(parsed, loaded.Plan),
                    composing.Seed(parsed),
                    parsed.GetValue(temperature));
            Write([.. melodies.Select(composition => parsed.GetValue(continues) ? composition.WithPrimer(loaded.Model.Encoding) : composition.Melody)], loaded.Model.Encoding, path, midi);
            return ExitCode.Done;
        });
        return command;
    }

    private static bool IsMidiFile(string path) =>
        !Path.EndsInDirectorySeparator(path) && !Directory.Exists(path) && Path.GetExtension(path).ToUpperInvariant() is ".MID" or ".MIDI";

    private static void Write(IReadOnlyList<Melody> melodies, MelodyEncoding encoding, string output, MidiWriterOptions midi)
    {
        if (output.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            OutputFolder.Make(Path.GetDirectoryName(Path.GetFullPath(output))!);
            MelodyJsonLines.Write(output, melodies, encoding);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{melodies.Count} melodies in {output}"));
            return;
        }

        bool isFile = IsMidiFile(output);
        OutputFolder.Make(isFile ? Path.GetDirectoryName(Path.GetFullPath(output))! : output);
        foreach (string line in PianoRoll.Draw(melodies[0], midi.TimeSignature))
        {
            Console.WriteLine(line);
        }

        if (isFile)
        {
            MidiWriter.Write(output, melodies[0], midi);
            Console.WriteLine($"1 melody in {output}");
            return;
        }

        int digits = Math.Max(2, melodies.Count.ToString(CultureInfo.InvariantCulture).Length);
        for (int i = 0; i < melodies.Count; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            MidiWriter.Write(Path.Combine(output, $"melody-{number}.mid"), melodies[i], midi);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{melodies.Count} melodies in {output}{Path.DirectorySeparatorChar}"));
    }
}
