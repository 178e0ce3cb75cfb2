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

/// <summary>Ranges of numbers that several commands take.</summary>
internal static class Limits
{
    /// <summary>Refuses melodies of no length or of hours.</summary>
    public static int Length(int steps) =>
        steps is >= 1 and <= 65536 ? steps : throw new UsageException($"--num-notes-in-melody: expected 1 to 65536, found {steps}");
}
