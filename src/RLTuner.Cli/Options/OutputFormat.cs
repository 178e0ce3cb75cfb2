namespace RLTuner.Cli.Options;

/// <summary>For people or for programs.</summary>
internal enum OutputFormat
{
    Text,
    Json,
}

internal static class FormatOption
{
    public static ChoiceOption<OutputFormat> Create() =>
        new("--format", "Text for people, or JSON for programs.", ("text", OutputFormat.Text), ("json", OutputFormat.Json));
}
