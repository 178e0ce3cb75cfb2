using System.CommandLine;
using System.Globalization;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Music;
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
        Option<string> model = ModelOption.Create();
        Option<int> count = new("--count") { Description = "How many melodies.", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<int?> length = new("--num-notes-in-melody") { Description = "Events in a melody, a sixteenth each [default: as in the run, else 32].", HelpName = "N" };
        Option<double> temperature = new("--temperature") { Description = "Below 1 safer, above 1 wilder.", HelpName = "X", DefaultValueFactory = _ => 1 };
        Option<double> tempo = new("--tempo") { Description = "Quarter notes a minute.", HelpName = "N", DefaultValueFactory = _ => 120 };
        Option<int> program = new("--program") { Description = "The General MIDI instrument, 0 to 127.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<ulong> seed = new("--seed") { Description = "One seed gives the same melodies.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--output") { Description = "A folder for MIDI files, or a .jsonl file for class numbers.", HelpName = "PATH", DefaultValueFactory = _ => "melodies" };
        ExplainedCommand command = new(
            "compose",
            "Compose melodies with a net.",
            """
            Composes melodies and writes them as MIDI files, or as one .jsonl file of class numbers.

            Examples:
              rltuner compose --model runs/q-1 --count 10
              rltuner compose --model model.ckpt-1994 --midi-primer start.mid --num-notes-in-melody 64 --temperature 0.8
              rltuner compose --model runs/q-1 --count 1000 --output melodies.jsonl
            """)
        {
            model, count, length, temperature, tempo, program, seed, output,
        };
        priming.AddTo(command);
        theory.AddTo(command, scores: false);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            LoadedNet loaded = net.Load(parsed.GetValue(model)!, parsed);
            Theory rules = theory.Read(parsed, loaded.RunOptions);
            int steps = parsed.GetValue(length) ?? loaded.RunOptions?.NumNotesInMelody ?? 32;
            MidiWriterOptions midi = new()
            {
                Tempo = Limits.Tempo(parsed.GetValue(tempo)),
                Program = Limits.Program(parsed.GetValue(program)),
                Key = rules.Key,
                TimeSignature = rules.TimeSignature,
            };
            IReadOnlyList<Composition> melodies = new Composer(new NoteRnnPolicy(loaded.Model), priming.Read(parsed, loaded.Model, rules).Primer)
                .Compose(Limits.Count(parsed.GetValue(count)), Limits.Length(steps), parsed.GetValue(seed), Limits.Temperature(parsed.GetValue(temperature)));
            Write([.. melodies.Select(composition => composition.Melody)], loaded.Model.Encoding, parsed.GetValue(output)!, midi);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(IReadOnlyList<Melody> melodies, MelodyEncoding encoding, string output, MidiWriterOptions midi)
    {
        if (output.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            OutputFolder.Make(Path.GetDirectoryName(Path.GetFullPath(output))!);
            MelodyJsonLines.Write(output, melodies, encoding);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{melodies.Count} melodies in {output}"));
            return;
        }

        OutputFolder.Make(output);
        foreach (string line in PianoRoll.Draw(melodies[0], midi.TimeSignature))
        {
            Console.WriteLine(line);
        }

        int digits = Math.Max(2, melodies.Count.ToString(CultureInfo.InvariantCulture).Length);
        for (int i = 0; i < melodies.Count; i++)
        {
            MidiWriter.Write(Path.Combine(output, $"melody-{(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}.mid"), melodies[i], midi);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{melodies.Count} melodies in {output}{Path.DirectorySeparatorChar}"));
    }
}
