using System.Collections.Immutable;
using RLTuner.Reports.Figures;
using RLTuner.Reports.Sweeps;
using RLTuner.Tuning;

namespace RLTuner.Reports.Paper;

/// <summary>The notebook's learning curve beside ours.</summary>
internal static class PaperCurve
{
    /// <summary>The parts of a window's reward.</summary>
    public static ImmutableArray<(string Name, Func<RewardSums, double> Of, Func<PublishedWindow, double> Published)> Parts { get; } =
    [
        ("theory", sums => sums.Theory, window => window.Theory),
        ("Note RNN", sums => sums.NoteRnn, window => window.NoteRnn),
        ("total", sums => sums.Total, window => window.Total),
    ];

    /// <summary>A part of the window at a step, over seeds; of no seed where no window ends there.</summary>
    public static SeedEstimate At(ImmutableArray<IReadOnlyList<TuningWindow>> runs, long step, Func<RewardSums, double> part) => SeedEstimate.Of(
        runs.SelectMany(run => run.Where(window => window.Step == step)).Select(window => part(window.Train)));

    /// <summary>A chart of theory and one of the Note RNN.</summary>
    public static IEnumerable<Drawing> Drawings(ImmutableArray<IReadOnlyList<TuningWindow>> runs) => Parts.Take(2).Select(part => new LineChart(
        $"paper-curve-{part.Name.ToLowerInvariant().Replace(' ', '-')}",
        $"Learning curve: {part.Name}",
        "Sums over windows of 50,000 notes of Q-learning in compatible mode. Ours: the mean over seeds; band: from the least to the largest.",
        LearningCurves.StepLabel,
        "sum over a window",
        [
            new Series("RLTuner, mean over seeds", [.. runs[0].Select(window => Point(runs, window.Step, part.Of))]),
            new Series("published, one run", [.. PublishedTable.Curve.Select(window => new PlotPoint(window.Step, part.Published(window)))]),
        ]).Draw());

    private static PlotPoint Point(ImmutableArray<IReadOnlyList<TuningWindow>> runs, long step, Func<RewardSums, double> part)
    {
        double[] values = [.. runs.SelectMany(run => run.Where(window => window.Step == step)).Select(window => part(window.Train))];
        return new PlotPoint(step, values.Average(), values.Min(), values.Max());
    }
}
