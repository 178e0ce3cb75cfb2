using RLTuner.Composing;
using RLTuner.Tuning;

namespace RLTuner.Runs;

/// <summary>A run that is over, or that was asked to stop.</summary>
/// <param name="Step">Notes played.</param>
/// <param name="BeforeMelodies">The melodies of the starting net that were kept.</param>
/// <param name="AfterMelodies">Those of the tuned net.</param>
/// <param name="Metrics">The figures of both nets.</param>
/// <param name="Best">The step of the best net and what a melody earned by it, where that net is kept.</param>
/// <param name="FlatWindows">For how many windows there was no rise, where that ended the run.</param>
/// <param name="IsStopped">Whether it was asked to stop before all steps were done.</param>
public sealed record RunResult(
    long Step,
    IReadOnlyList<Composition> BeforeMelodies,
    IReadOnlyList<Composition> AfterMelodies,
    RunMetrics Metrics,
    (long Step, double Figure)? Best,
    int? FlatWindows,
    bool IsStopped)
{
    /// <summary>The collapse that the run came to, whether or not that ended it; null for none.</summary>
    public Collapse? Collapse { get; init; }

    /// <summary>Whether the collapse ended the run.</summary>
    public bool EndedByCollapse { get; init; }
}
