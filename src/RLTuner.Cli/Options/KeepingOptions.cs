using System.CommandLine;
using RLTuner.Tuning;

namespace RLTuner.Cli.Options;

/// <summary>When <c>tune</c> stops by itself, and which net it keeps besides the last.</summary>
internal sealed class KeepingOptions
{
    private readonly Option<int?> _flat = Make.NumberOrNone<int>(
        "--stop-when-flat",
        "Stop when for so many windows the reward of a melody has not risen beyond its noise; docs/metrics.md says how that is told.");

    private readonly Option<bool> _best = Make.Switch("--keep-best", "Also keep the net of the best evaluation, as best.safetensors in the run's folder.");

    private readonly Option<int?> _windows = Make.NumberOrNone<int>("--keep", "Keep the nets of so many windows only, the newest [default: of all].");

    public void AddTo(Command command)
    {
        command.Options.Add(_windows);
        command.Options.Add(_flat);
        command.Options.Add(_best);
    }

    /// <summary>Reads the options; what a run that goes on was started with counts as given.</summary>
    public Keeping Read(ParseResult parsed, RunOptions? run = null) => new(
        AtLeastOne("--stop-when-flat", run?.StopWhenFlat ?? parsed.GetValue(_flat)),
        run?.KeepBest ?? parsed.GetValue(_best),
        AtLeastOne("--keep", parsed.GetValue(_windows)));

    private static int? AtLeastOne(string option, int? windows) =>
        windows is < 1 ? throw new UsageException($"{option}: expected 1 or more windows, found {windows}") : windows;
}

/// <summary>When a run stops by itself, and which nets are kept.</summary>
/// <param name="WindowsWhenFlat">Windows without a rise after which it stops.</param>
/// <param name="Best">Whether the net of the best evaluation is kept.</param>
/// <param name="Windows">Of how many windows the nets are kept; null for all.</param>
internal sealed record Keeping(int? WindowsWhenFlat, bool Best, int? Windows);
