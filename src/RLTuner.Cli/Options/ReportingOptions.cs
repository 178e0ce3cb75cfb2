using System.CommandLine;
using RLTuner.Cli.Display;

namespace RLTuner.Cli.Options;

/// <summary>How <c>tune</c> tells what it does, and whether it draws what it did.</summary>
internal sealed class ReportingOptions
{
    private readonly Option<bool> _quiet = Make.Switch("--quiet", "Print errors alone.");

    private readonly ChoiceOption<OutputFormat> _format = new(
        "--log-format",
        "Text for people, or JSON for programs: a line a window as in progress.jsonl, then one with the paths and metrics.json.",
        ("text", OutputFormat.Text),
        ("json", OutputFormat.Json));

    private readonly Option<bool> _noFigures = Make.Switch(
        "--no-figures", "Write neither figures nor report.html; 'rltuner report RUN' makes them later.");

    public void AddTo(Command command)
    {
        command.Options.Add(_noFigures);
        command.Options.Add(_quiet);
        command.Options.Add(_format);
    }

    /// <summary>Whether figures and a page are made at the end.</summary>
    public bool Draws(ParseResult parsed) => !parsed.GetValue(_noFigures);

    public ITuneOutput Read(ParseResult parsed) => (parsed.GetValue(_quiet), _format.Read(parsed)) switch
    {
        (true, OutputFormat.Json) => throw new UsageException("expected either --quiet or --log-format json, found both"),
        (true, _) => new TuneQuietly(),
        (_, OutputFormat.Json) => new TuneJson(),
        _ => new TuneText(),
    };
}
