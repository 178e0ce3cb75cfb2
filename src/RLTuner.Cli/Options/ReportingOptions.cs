using System.CommandLine;
using RLTuner.Cli.Display;

namespace RLTuner.Cli.Options;

/// <summary>How <c>tune</c> tells what it does.</summary>
internal sealed class ReportingOptions
{
    private readonly Option<bool> _quiet = Make.Switch("--quiet", "Print errors alone.");

    private readonly ChoiceOption<OutputFormat> _format = new(
        "--log-format",
        "Text for people, or JSON for programs: a line a window as in progress.jsonl, then one with the paths and metrics.json.",
        ("text", OutputFormat.Text),
        ("json", OutputFormat.Json));

    public void AddTo(Command command)
    {
        command.Options.Add(_quiet);
        command.Options.Add(_format);
    }

    public ITuneOutput Read(ParseResult parsed) => (parsed.GetValue(_quiet), _format.Read(parsed)) switch
    {
        (true, OutputFormat.Json) => throw new UsageException("expected either --quiet or --log-format json, found both"),
        (true, _) => new TuneQuietly(),
        (_, OutputFormat.Json) => new TuneJson(),
        _ => new TuneText(),
    };
}
