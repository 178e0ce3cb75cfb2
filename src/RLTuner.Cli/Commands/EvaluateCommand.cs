using System.CommandLine;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Rewards;
using RLTuner.Runs;

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
              rltuner evaluate --model runs/pg-1 --count 1000
              rltuner evaluate --model runs/pg-1 --corpus folk.corpus         is anything copied?
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
                OfFiles(inputs.Read(parsed, encoding, judging.RuleSet == RuleSetName.Magenta), encoding, judging, copying.Read(parsed, encoding), json);
                return ExitCode.Done;
            }

            if (files)
            {
                throw new UsageException("expected either a net by --model or melody files, found both");
            }

            LoadedNet loaded = net.Load(path, parsed);
            Theory rules = theory.Read(parsed, loaded.Plan);
            int steps = composing.Length(parsed, loaded.Plan, rules.TimeSignature), melodies = composing.Count(parsed);
            IPrimer primer = priming.Primer(parsed, loaded.Model, rules, theory.QuirksOf(parsed, loaded.Plan));
            NoteRnnModel noteRnn = loaded.TunedFrom() ?? loaded.Model;
            ReferenceCorpus? corpus = copying.Read(parsed, loaded.Model.Encoding) ?? ReferenceCorpus.Of(noteRnn);
            OfNets(
                loaded.Run is null ? [("net", loaded.Model)] : [("before", noteRnn), ("after", loaded.Model)],
                tuned => Measure(tuned, noteRnn, rules, primer, melodies, steps, composing.Seed(parsed), corpus),
                FormattableString.Invariant($"{melodies:N0} melodies of {loaded.Path}"),
                json);
            return ExitCode.Done;
        });
        return command;
    }

    private static void OfFiles(
        IReadOnlyList<(string Name, Melody Melody)> melodies, MelodyEncoding encoding, Theory theory, ReferenceCorpus? corpus, bool json)
    {
        NetMetrics measured = NetMetrics.Of([.. melodies.Select(named => named.Melody)], encoding, theory, corpus);
        if (json)
        {
            Console.WriteLine(measured.ToJson().ToJsonString());
        }
        else
        {
            FigureTable.Print(FormattableString.Invariant($"{melodies.Count:N0} melodies"), ("", measured));
        }
    }

    private static NetMetrics Measure(
        NoteRnnModel net, NoteRnnModel noteRnn, Theory theory, IPrimer primer, int melodies, int steps, ulong seed, ReferenceCorpus? corpus)
    {
        int threads = RunOptions.Surroundings.Threads;
        return NetMetrics.OfNet(
            net, noteRnn, theory, new Composer(new NoteRnnPolicy(net, theory.TimeSignature), primer) { Threads = threads }.Compose(melodies, steps, seed), corpus, threads);
    }

    private static void OfNets((string Name, NoteRnnModel Net)[] nets, Func<NoteRnnModel, NetMetrics> measure, string title, bool json)
    {
        (string Name, NetMetrics Measured)[] columns = [.. nets.Select(net => (net.Name, measure(net.Net)))];
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
