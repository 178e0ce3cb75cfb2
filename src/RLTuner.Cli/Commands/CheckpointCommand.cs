using System.CommandLine;
using RLTuner.Cli.Display;
using RLTuner.Cli.Options;
using RLTuner.TensorFlow;

namespace RLTuner.Cli.Commands;

/// <summary><c>rltuner checkpoint</c>: looks into files of nets, and writes them in other forms.</summary>
internal static class CheckpointCommand
{
    public static Command Create() => new("checkpoint", "Looks into files of nets, and writes nets in other forms.") { CheckpointInspect.Create(), CheckpointConvert.Create(), Unpack() };

    private static Command Unpack()
    {
        Argument<string> path = new("bundle") { Description = "A Magenta bundle (.mag)." };
        Option<string?> output = Make.Path("--output", "DIR", "The folder to write to, made if absent [default: the current one].");
        Option<bool> overwrite = Make.Switch("--overwrite", "Replace files of the same names.");
        Command command = new("unpack", "Writes the checkpoint and the metagraph of a Magenta bundle as files.") { path, output, overwrite };
        command.SetAction(parsed =>
        {
            Terminal.OutputIsByTheWay();
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
