using System.CommandLine;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner evaluate</c>: the statistics of melodies or of what a net composes.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        NetOptions net = new();
        TheoryOptions theory = new();
        PrimingOptions priming = new();
        MelodyInputs inputs = new();
        Option<string?> model = ModelOption.Create();
        ComposingOptions composing = new(count: 1000);
        CopyingOptions copying = new();
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "evaluate",
            "Statistics of melodies, or of what a net composes.",
            """
            Prints the statistics of melodies: of files, or of what a net composes, beside the net it was tuned from.
            docs/metrics.md defines every figure. With --compat magenta the original's own counters are used.

            Examples:
              rltuner evaluate --model runs/q-1 --count 1000
              rltuner evaluate --model runs/q-1 --corpus folk.corpus         is anything copied?
              rltuner evaluate tune-1.mid tune-2.mid --key "D dorian"
              rltuner evaluate --input melodies.jsonl --compat magenta --format json
            """);
        inputs.AddTo(command);
        command.Options.Add(model);
        composing.AddTo(command);
        copying.AddTo(command);
        command.Options.Add(format);
        theory.AddTo(command);
        priming.AddTo(command);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            bool json = format.Read(parsed) == OutputFormat.Json;
            string? path = parsed.GetValue(model);
            bool files = inputs.Paths(parsed).Count > 0;
            if (files && path is null)
            {
                MelodyEncoding encoding = net.Encoding(parsed);
                Theory judging = theory.Read(parsed);
                OfFiles(inputs.Read(parsed, encoding, judging.Compatibility), encoding, judging, copying.Read(parsed, encoding), json);
                return ExitCode.Done;
            }

            if (files)
            {
                throw new UsageException("expected either a net by --model or melody files, found both");
            }

            LoadedNet loaded = net.Load(path, parsed);
            Theory rules = theory.Read(parsed, loaded.RunOptions);
            int steps = composing.Length(parsed, loaded.RunOptions), melodies = composing.Count(parsed);
            IPrimer primer = priming.Read(parsed, loaded.Model, rules).Primer;
            NoteRnnModel noteRnn = loaded.TunedFrom() ?? loaded.Model;
            IReadOnlyList<Melody>? corpus = copying.Read(parsed, loaded.Model.Encoding);
            OfNets(
                loaded.Run is null ? [("net", loaded.Model)] : [("before", noteRnn), ("after", loaded.Model)],
                tuned => Measured.Of(tuned, noteRnn, rules, primer, melodies, steps, composing.Seed(parsed), corpus),
                FormattableString.Invariant($"{melodies:N0} melodies of {loaded.Path}"),
                json);
            return ExitCode.Done;
        });
        return command;
    }

    private static void OfFiles(
        IReadOnlyList<(string Name, Melody Melody)> melodies, MelodyEncoding encoding, Theory theory, IReadOnlyList<Melody>? corpus, bool json)
    {
        Measured measured = Measured.Of([.. melodies.Select(named => named.Melody)], encoding, theory, corpus);
        if (json)
        {
            Console.WriteLine(measured.ToJson().ToJsonString());
        }
        else
        {
            FigureTable.Print(FormattableString.Invariant($"{melodies.Count:N0} melodies"), ("", measured));
        }
    }

    private static void OfNets((string Name, NoteRnnModel Net)[] nets, Func<NoteRnnModel, Measured> measure, string title, bool json)
    {
        (string Name, Measured Measured)[] columns = [.. nets.Select(net => (net.Name, measure(net.Net)))];
        if (json)
        {
            JsonObject byName = new(columns.Select(column => KeyValuePair.Create(column.Name, (JsonNode?)column.Measured.ToJson())));
            Console.WriteLine(byName.ToJsonString());
        }
        else
        {
            FigureTable.Print(title, columns);
        }
    }
}
