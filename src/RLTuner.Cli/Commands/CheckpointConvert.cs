using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.Files;
using RLTuner.NoteRnn;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner checkpoint convert</c>: a net in the form that another program reads.</summary>
internal static class CheckpointConvert
{
    public static Command Create()
    {
        NetOptions net = new();
        NetFormat[] written = [.. NetOptions.Formats.Where(format => format.Write is not null)];
        string words = string.Join(", ", written.Select(format => format.Name));
        Argument<string> input = new("net") { Description = ModelOption.Description[..^" [default: shipped]".Length] };
        Option<string> to = new("--to") { Description = $"The form: {words}.", HelpName = "WORD", Required = true };
        to.CompletionSources.Add([.. written.Select(format => format.Name)]);
        Option<string> output = new("--output")
        {
            Description = "The file to write; for magentajs, tensorflow-v2 and tensorflow-v1 a new folder.",
            HelpName = "PATH",
            Required = true,
        };
        ExplainedCommand command = new(
            "convert",
            "Writes a net in the form that another program reads.",
            """
            Says in a line each what the form cannot say of the net (docs/file-formats.md has the table); refuses where the net would not be itself.

            Examples:
              rltuner checkpoint convert runs/pg-1 --to onnx --output tuned.onnx
              rltuner checkpoint convert plain --to magentajs --output site
              rltuner checkpoint convert tuned.safetensors --to mag --output tuned.mag
            """)
        {
            input,
            to,
            output,
        };
        net.AddTo(command);
        command.SetAction(parsed =>
        {
            string word = parsed.GetValue(to)!, path = parsed.GetValue(output)!;
            NetFormat format = written.FirstOrDefault(format => format.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--to: expected one of {words}; found '{word}'");
            NoteRnnModel model = net.Load(parsed.GetValue(input), parsed).Model;
            OutputFolder.MakeFor(path);
            foreach (string remark in format.Export(model, path))
            {
                Console.Error.WriteLine($"rltuner: {remark}");
            }

            Console.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }
}
