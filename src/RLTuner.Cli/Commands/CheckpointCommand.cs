using System.CommandLine;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow;
using RLTuner.TensorFlow.Nets;
using RLTuner.Runs;
using Spectre.Console;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner checkpoint</c>: looks into files of nets.</summary>
internal static class CheckpointCommand
{
    public static Command Create() => new("checkpoint", "Looks into checkpoints and bundles.") { Inspect(), Unpack() };

    private static Command Inspect()
    {
        Argument<string> path = new("path")
        {
            Description = "A TensorFlow checkpoint (file or folder), a .mag bundle, a .safetensors file, a run folder, or 'magenta'.",
        };
        Command command = new("inspect", "Lists the tensors with shapes and types, and says what net they are taken for.") { path };
        command.SetAction(parsed =>
        {
            string file = NamedNets.PathOf(parsed.GetValue(path)!);
            file = RunFolder.Exists(file) ? RunFolder.Open(file).LastCheckpointPath() : file;
            if (file.EndsWith(NoteRnnFile.Extension, StringComparison.OrdinalIgnoreCase))
            {
                InspectOwn(file);
            }
            else
            {
                InspectTensorFlow(file);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void InspectOwn(string file)
    {
        NoteRnnModel model = NoteRnnFile.Load(file);
        Print(model.Weights.Variables.Select(
            variable => (variable.Name, "Float32", variable.Rows > 1 ? $"[{variable.Rows}, {variable.Columns}]" : $"[{variable.Columns}]")));
        string prior = model.Prior is null ? "" : ", with a prior (G-learning)";
        Console.WriteLine($"A net of RLTuner: {model.Shape}, {model.Encoding.Lowest} to {model.Encoding.Highest}{prior}");
    }

    private static void InspectTensorFlow(string file)
    {
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(file);
        Print(checkpoint.Tensors.Select(tensor => (tensor.Name, tensor.Type.ToString(), $"[{string.Join(", ", tensor.Shape)}]")));
        Console.WriteLine($"{checkpoint.Name}: {checkpoint.Kind}, {(checkpoint.Step is long step ? FormattableString.Invariant($"step {step}") : "of an unknown step")}");
        IReadOnlyList<NoteRnnTensors> nets = NoteRnnCheckpoint.Recognise(checkpoint);
        foreach (NoteRnnTensors net in nets)
        {
            string scope = net.Scope.Length > 0 ? $" under {net.Scope}" : "", guess = net.MatchedByShape ? ", by the tensors' shapes alone" : "";
            Console.WriteLine($"Taken for: {net.Shape}{scope}{guess}");
        }

        if (nets.Count == 0)
        {
            Console.WriteLine("Taken for: no Note RNN; expected LSTM kernels [input + units, 4 x units], biases and an output layer");
        }
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

    private static Command Unpack()
    {
        Argument<string> path = new("bundle") { Description = "A Magenta bundle (.mag)." };
        Option<string?> output = Make.Path("--output", "DIR", "The folder to write to, made if absent [default: the current one].");
        Option<bool> overwrite = Make.Switch("--overwrite", "Replace files of the same names.");
        Command command = new("unpack", "Writes the checkpoint and the metagraph of a Magenta bundle as files.") { path, output, overwrite };
        command.SetAction(parsed =>
        {
            MagentaBundle bundle = MagentaBundle.Read(parsed.GetValue(path)!);
            foreach (string file in bundle.Unpack(parsed.GetValue(output) ?? ".", parsed.GetValue(overwrite)))
            {
                Console.WriteLine(file);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
