using System.CommandLine;
using System.CommandLine.Parsing;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Scores;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner compose</c>: melodies from a net.</summary>
internal static class ComposeCommand
{
    /// <summary>How many choices of the best are told.</summary>
    private const int ChoicesTold = 10;

    public static Command Create()
    {
        NetOptions net = new();
        TheoryOptions theory = new("Moves what was composed, in C or in the run's key, to this key");
        PrimingOptions priming = new();
        Option<string?> model = ModelOption.Create();
        ComposingOptions composing = new(count: 10);
        SamplingOptions sampling = new();
        BestOfOptions bestOf = new();
        Option<string?> primerMelody = new("--primer-melody")
        {
            Description = "What is heard before each melody, as Magenta writes it: a number a sixteenth, pitches 0 to 127, -2 to hold, -1 to end a note.",
            HelpName = "LIST",
        };
        Option<bool> continues = Make.Switch("--continue", "Write the primer too, in front of what the net makes of it.");
        Option<int> transpose = Make.Number("--transpose", "Moves the melodies by semitones, key and all; -12 is an octave lower.", 0, min: -127, max: 127);
        MelodyOutputOptions outputs = new();
        ExplainedCommand command = new(
            "compose",
            "Compose melodies with a net.",
            """
            Composes melodies and writes them: as MIDI files, sheet music (MusicXML, ABC), sound (WAV), or class numbers. Where the output is a file of music, one
            melody is composed. docs/composing.md says more of each option.

            Examples:
              rltuner compose --model runs/pg-1 --count 10
              rltuner compose --model runs/pg-1 --length 8bars --temperature 0.9 --top-p 0.95 --best-of 20 --output tune.musicxml
              rltuner compose --model runs/pg-1 --key "D major" --tempo 96 --program 73 --format midi,abc,wav --output tunes
              rltuner compose --primer start.abc --continue --length 8bars --output tune.mid
              rltuner compose --model model.ckpt-1994 --primer-melody "[60, -2, 64, -2]" --beam-size 4 --branch-factor 4 --steps-per-iteration 16
              rltuner compose --model runs/pg-1 --count 1000 --output melodies.jsonl
            """)
        {
            model,
        };
        composing.AddTo(command);
        sampling.AddTo(command);
        bestOf.AddTo(command);
        priming.AddTo(command);
        command.Options.Add(primerMelody);
        command.Options.Add(continues);
        command.Options.Add(transpose);
        outputs.AddTo(command);
        theory.AddTo(command);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
            MelodyOutput output = outputs.Read(parsed);
            Sampling choosing = sampling.SamplingOf(parsed);
            Beam? beam = sampling.BeamOf(parsed);
            int count = output.HoldsOne ? composing.Count(parsed, unlessGiven: 1) : composing.Count(parsed);
            if (output.HoldsOne && count > 1)
            {
                throw new UsageException($"--output: expected a folder for {count} melodies, found the file {output.Path} (name a folder or a .jsonl file, or pass --count 1)");
            }

            int of = bestOf.Of(parsed, beam, count);
            LoadedNet loaded = net.Load(parsed.GetValue(model), parsed);
            Theory rules = theory.ReadInOwnKey(parsed, loaded.Plan);
            int semitones = (theory.AskedKey(parsed) is Key key ? KeySignature.SemitonesBetween(rules.Key, key) : 0) + parsed.GetValue(transpose);
            MelodyWriterOptions sound = outputs.Sound(parsed, (theory.AskedKey(parsed) ?? rules.Key).Transposed(parsed.GetValue(transpose)), rules.TimeSignature);
            Quirks quirks = theory.QuirksOf(parsed, loaded.Plan);
            IPrimer primer = parsed.GetValue(primerMelody) is string list
                ? TypedPrimer(parsed, list, loaded.Model.Encoding, quirks.Has(Quirks.BeginsOffTheBeat) ? 1 : rules.TimeSignature.StepsPerBar())
                : priming.Primer(parsed, loaded.Model, rules, quirks);
            if (parsed.GetValue(continues) && primer is not MelodyPrimer)
            {
                throw new UsageException("--continue: expected a melody to go on with, found none. Name one by --midi-primer, --primer-melody or --training-data-path.");
            }

            IReadOnlyList<Composition> composed = new Composer(new NoteRnnPolicy(loaded.Model, rules.TimeSignature), primer) { Threads = RunOptions.Surroundings.Threads }
                .Compose(count * of, composing.Length(parsed, loaded.Plan, rules.TimeSignature), composing.Seed(parsed), choosing, beam);
            if (of > 1)
            {
                composed = Best(composed, of, bestOf.By(parsed), loaded, rules);
            }

            IReadOnlyList<Melody> melodies = [.. composed.Select(composition =>
                (parsed.GetValue(continues) ? composition.WithPrimer(loaded.Model.Encoding) : composition.Melody).Transposed(semitones))];
            string written = output.Write(melodies, sound, loaded.Model.Encoding);
            if (output.Formats.Count > 0)
            {
                foreach (string line in PianoRoll.Draw(melodies[0], rules.TimeSignature))
                {
                    Console.WriteLine(line);
                }
            }

            Console.WriteLine(written);
            return ExitCode.Done;
        });
        return command;
    }

    private static MelodyPrimer TypedPrimer(ParseResult parsed, string list, MelodyEncoding encoding, int stepsPerBar)
    {
        if (((string[])["--midi-primer", "--training-data-path", "--priming-mode"]).FirstOrDefault(name => parsed.CommandResult.Command.Options
                .Any(option => option.Name == name && parsed.GetResult(option) is OptionResult { Implicit: false })) is { } other)
        {
            throw new UsageException($"--primer-melody: expected no {other} beside it, found one. Leave one of them out.");
        }

        try
        {
            return new MelodyPrimer([MagentaMelody.Parse(list).ToWholeBars(stepsPerBar)], encoding);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new UsageException($"--primer-melody: {error.Message}");
        }
    }

    private static IReadOnlyList<Composition> Best(IReadOnlyList<Composition> candidates, int of, BestBy by, LoadedNet loaded, Theory theory)
    {
        NoteRnnPolicy noteRnn = new(loaded.TunedFrom() ?? loaded.Model, theory.TimeSignature);
        IReadOnlyList<BestMelody> best = BestOf.Choose(candidates, of, by, new Reward(theory.Rules), noteRnn, theory.TimeSignature, RunOptions.Surroundings.Threads);
        for (int i = 0; i < Math.Min(best.Count, ChoicesTold); i++)
        {
            Console.WriteLine($"melody {i + 1}: {BestOfText.Of(best[i], by, theory.Rules)}");
        }

        if (best.Count > ChoicesTold)
        {
            Console.WriteLine($"and so of the other {best.Count - ChoicesTold}");
        }

        return [.. best.Select(choice => choice.Best.Composition)];
    }
}
