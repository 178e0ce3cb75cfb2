using System.CommandLine;

namespace RLTuner.Cli.Options;

/// <summary>The net to use, in the commands that do not tune.</summary>
internal static class ModelOption
{
    public const string Description =
        "The net: a run folder, a .safetensors file, a TensorFlow checkpoint (file or folder), a .mag bundle, an .onnx file that RLTuner wrote, a folder of Magenta.js, 'magenta' for the net that "
        + "Magenta published, or one that comes with the program: 'shipped', or 'plain', which hears events alone [default: shipped].";

    public static Option<string?> Create() => new("--model", "--note-rnn") { Description = Description, HelpName = "PATH" };
}
