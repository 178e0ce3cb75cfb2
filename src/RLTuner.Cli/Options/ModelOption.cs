using System.CommandLine;

namespace RLTuner.Cli.Options;

/// <summary>The net to use, in the commands that do not tune.</summary>
internal static class ModelOption
{
    public static Option<string> Create(bool required = true) => new("--model", "--note-rnn")
    {
        Description = "The net: a run folder, a .safetensors file, a TensorFlow checkpoint (file or folder) or a .mag bundle.",
        HelpName = "PATH",
        Required = required,
    };
}
