using System.CommandLine;

namespace RLTuner.Cli.Options;

/// <summary>When <c>tune</c> stops by itself, and which net it keeps besides the last.</summary>
internal sealed class KeepingOptions
{
    private readonly Option<int?> _flat = Make.NumberOrNone<int>(
        "--stop-when-flat",
        "Stop when for so many windows the reward of a melody has not risen beyond its noise; docs/metrics.md says how that is told.");

    private readonly Option<bool> _best = Make.Switch("--keep-best", "Also keep the net of the best evaluation, as best.safetensors in the run's folder.");

    public void AddTo(Command command)
    {
        command.Options.Add(_flat);
        command.Options.Add(_best);
    }

    public Keeping Read(ParseResult parsed) => parsed.GetValue(_flat) is < 1 and var found
        ? throw new UsageException($"--stop-when-flat: expected 1 or more windows, found {found}")
        : new Keeping(parsed.GetValue(_flat), parsed.GetValue(_best));
}

/// <summary>When a run stops by itself, and whether its best net is kept.</summary>
internal sealed record Keeping(int? WindowsWhenFlat, bool Best);
