using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner predict</c>: what a net expects next.</summary>
internal static class PredictCommand
{
    private const int Shown = 4;

    public static Command Create()
    {
        NetOptions net = new();
        MelodyInputs inputs = new();
        Option<string?> model = ModelOption.Create();
        ChoiceOption<OutputFormat> format = FormatOption.Create();
        ExplainedCommand command = new(
            "predict",
            "What a net expects next, after each event of a melody.",
            """
            Feeds melodies to a net from silence and says, after each event, what it expects next. With --format json: a line a melody
            with the logits after each event, and each layer's state (c, h) after the last.

            Examples:
              rltuner predict --note-rnn model.ckpt-1994 melody.mid
              rltuner predict --model runs/pg-1 --input melodies.jsonl --format json
            """);
        inputs.AddTo(command);
        command.Options.Add(model);
        command.Options.Add(format);
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            NoteRnnModel loaded = net.Load(parsed.GetValue(model), parsed).Model;
            foreach ((string name, Melody melody) in inputs.Read(parsed, loaded.Encoding, asOriginal: false))
            {
                if (format.Read(parsed) == OutputFormat.Json)
                {
                    PrintJson(loaded, melody);
                }
                else
                {
                    PrintTable(name, loaded, melody);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void PrintJson(NoteRnnModel model, Melody melody)
    {
        NoteRnnRun net = new(model.Weights, batch: 1);
        IPolicyRun policy = new NoteRnnPolicy(model).Begin(1);
        float[] logits = new float[model.Shape.Classes];
        HearNothing(model, net, logits);
        HearNothing(model, policy, logits);
        JsonArray rows = [];
        int position = 0;
        foreach (int classNumber in melody.ToClasses(model.Encoding))
        {
            position++;
            net.Read([classNumber], logits, [position]);
            policy.Read([classNumber], logits, [position]);
            rows.Add((JsonNode)Numbers(logits));
        }

        int layers = model.Shape.LayerSizes.Length;
        Console.WriteLine(new JsonObject
        {
            ["logits"] = rows,
            ["c"] = new JsonArray([.. Enumerable.Range(0, layers).Select(layer => Numbers(net.State.Cell(layer)))]),
            ["h"] = new JsonArray([.. Enumerable.Range(0, layers).Select(layer => Numbers(net.State.Hidden(layer)))]),
        }.ToJsonString());
    }

    private static void HearNothing(NoteRnnModel model, IPolicyRun run, float[] logits)
    {
        if (model.KnowsBeginnings)
        {
            run.Read([MelodyEncoding.NoEvent], logits, [0]);
        }
    }

    private static JsonArray Numbers(ReadOnlySpan<float> values)
    {
        JsonArray array = [];
        foreach (float value in values)
        {
            array.Add((JsonNode)value);
        }

        return array;
    }

    private static void PrintTable(string name, NoteRnnModel model, Melody melody)
    {
        IPolicyRun run = new NoteRnnPolicy(model).Begin(1);
        float[] probabilities = new float[model.Shape.Classes];
        HearNothing(model, run, probabilities);
        Console.WriteLine(name);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("step").AddColumn("heard").AddColumn("expected next");
        int[] classes = melody.ToClasses(model.Encoding);
        for (int step = 0; step < classes.Length; step++)
        {
            run.Read(classes.AsSpan(step, 1), probabilities, [step + 1]);
            Softmax.Probabilities(probabilities, probabilities);
            IEnumerable<string> likeliest = Enumerable.Range(0, probabilities.Length)
                .OrderByDescending(candidate => probabilities[candidate])
                .Take(Shown)
                .Select(candidate => $"{model.Encoding.EventOf(candidate)} {probabilities[candidate].ToString("P0", CultureInfo.InvariantCulture)}");
            table.AddRow((step + 1).ToString(CultureInfo.InvariantCulture), melody.Events[step].ToString(), string.Join(", ", likeliest));
        }

        AnsiConsole.Write(table);
    }
}
