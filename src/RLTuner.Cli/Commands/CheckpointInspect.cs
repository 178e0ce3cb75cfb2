using System.CommandLine;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.TensorFlow;
using RLTuner.TensorFlow.Nets;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner checkpoint inspect</c>: what a file holds, what net that is, and what can be done with it.</summary>
internal static class CheckpointInspect
{
    public static Command Create()
    {
        Argument<string> path = new("path") { Description = ModelOption.Description[..^" [default: shipped]".Length] };
        Command command = new("inspect", "Lists the tensors with shapes and types, and says what net they are and what can be done with it.") { path };
        command.SetAction(parsed =>
        {
            string file = NamedNets.PathOf(parsed.GetValue(path)!);
            file = RunFolder.Exists(file) ? RunFolder.Open(file).LastCheckpointPath() : file;
            if (ShippedNoteRnn.Names.Contains(file))
            {
                Own(ShippedNoteRnn.Load(file));
            }
            else if (NetFormat.Of(file, NetOptions.Formats) is { } format && !TensorFlowNetFormat.All.Contains(format))
            {
                Own(format.Read(file, new ExpectedNet()));
            }
            else
            {
                TensorFlow(file);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Own(NoteRnnModel model)
    {
        Print(model.Weights.Variables.Select(
            variable => (variable.Name, "Float32", variable.Rows > 1 ? $"[{variable.Rows}, {variable.Columns}]" : $"[{variable.Columns}]")));
        string prior = model.Prior is null ? "" : ", with a prior (G-learning)", beginning = model.KnowsBeginnings ? ", knows how melodies begin" : "";
        Console.WriteLine($"A net of RLTuner: {model.Shape}, {model.Encoding.Lowest} to {model.Encoding.Highest}{beginning}{prior}");
        PrintUses(model, model.Prior is null);
    }

    private static void TensorFlow(string file)
    {
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(file);
        Print(checkpoint.Tensors.Select(tensor => (tensor.Name, tensor.Type.ToString(), $"[{string.Join(", ", tensor.Shape)}]")));
        Console.WriteLine($"{checkpoint.Name}: {checkpoint.Kind}, {(checkpoint.Step is long step ? FormattableString.Invariant($"step {step}") : "of an unknown step")}");
        foreach (NoteRnnTensors net in NoteRnnCheckpoint.Recognise(checkpoint))
        {
            string scope = net.Scope.Length > 0 ? $" under {net.Scope}" : "", guess = net.MatchedByShape ? ", by the tensors' shapes alone" : "";
            Console.WriteLine($"Taken for: {net.Shape}{scope}{guess}");
        }

        try
        {
            NoteRnnCheckpoint used = NoteRnnCheckpoint.From(checkpoint);
            Console.WriteLine($"Used: {(used.Tensors.Scope.Length > 0 ? used.Tensors.Scope : "the net")}, {used.Model.Encoding.Lowest} to {used.Model.Encoding.Highest}");
            PrintUses(used.Model, tunable: true);
        }
        catch (CheckpointFormatException error)
        {
            Console.WriteLine(ForeignNets.Describe(checkpoint) is { } kind ? $"Cannot be used: {kind}" : $"Cannot be used: {error.Message}");
        }
    }

    private static void PrintUses(NoteRnnModel model, bool tunable)
    {
        string[] forms = [.. NetOptions.Formats.Where(format => format.CanHold(model)).Select(format => format.Name)];
        Console.WriteLine($"Can be used to compose{(tunable ? ", to tune further" : "")}, and as {string.Join(", ", forms)} by 'checkpoint convert'");
    }

    private static void Print(IEnumerable<(string Name, string Type, string Shape)> tensors)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("tensor").AddColumn("type").AddColumn("shape");
        foreach ((string name, string type, string shape) in tensors)
        {
            table.AddRow(Markup.Escape(PlainText.Of(name)), type, Markup.Escape(shape));
        }

        AnsiConsole.Write(table);
    }
}
