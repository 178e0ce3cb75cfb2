using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Figures;

/// <summary>The figures of a comparison: curves with bands over seeds, and theory against likelihood.</summary>
internal static class ComparisonFigures
{
    private const double Normal95 = 1.96;
    private const string Theory = "theory_reward", Likelihood = "note_rnn_log_probability", Distance = "kl_from_note_rnn", Steps = "steps", Melodies = "melodies";

    /// <summary>How each group's melodies came to earn what they earn.</summary>
    public static ImmutableArray<Drawing> Curves(Comparison comparison) =>
    [
        .. new[]
        {
            Curve(
                comparison, "comparison-theory", "Theory reward of a melody", "reward by the rules, not scaled",
                (run, window) => Unscaled(run, window.Evaluation.Theory), (run, window) => Unscaled(run, window.EvaluationError.Theory)),
            Curve(
                comparison, "comparison-likelihood", "log p of a melody under the Note RNN", "log p, nats",
                (_, window) => window.Evaluation.NoteRnn, (_, window) => window.EvaluationError.NoteRnn),
            Curve(comparison, "comparison-kl", "Divergence from the Note RNN", "KL, nats a step", (_, window) => window.Policy.Divergence, (_, _) => double.NaN),
            Curve(comparison, "comparison-entropy", "Entropy of the policy", "entropy, nats a step", (_, window) => window.Policy.Entropy, (_, _) => double.NaN),
        }.OfType<Drawing>(),
    ];

    /// <summary>All figures: what obeying the rules cost, then the curves.</summary>
    public static ImmutableArray<Drawing> All(Comparison comparison) =>
    [
        .. new[]
        {
            TradeOff(
                comparison, "comparison-trade-off", "Theory against likelihood", "how likely the Note RNN finds them. Up and to the right is better.",
                "log p of a melody under the Note RNN, nats", net => net[Likelihood] is { } figure ? (figure, 1) : null),
            TradeOff(
                comparison, "comparison-distance", "Theory against distance", "how far the net is from its Note RNN. Up and to the left is better.",
                "KL from the Note RNN, nats a melody", net => net[Distance] is { } figure && net[Steps] is { } steps && net[Melodies] is { } melodies ? (figure, steps.Value / melodies.Value) : null),
        }.OfType<Drawing>(),
        .. Curves(comparison),
    ];

    /// <summary>A mark a run, and one for each untuned net.</summary>
    private static Drawing? TradeOff(Comparison comparison, string name, string title, string meaning, string label, Func<NetMetrics, (Figure Figure, double Scale)?> cost)
    {
        ImmutableArray<ScatterPoint> untuned = [.. comparison.Groups.SelectMany(group => group.Runs).Select(run => Point(run.Metrics?.Before)).OfType<ScatterPoint>().Distinct()];
        ImmutableArray<ScatterGroup> groups =
        [
            .. comparison.Groups.Select(group => new ScatterGroup(group.Name, [.. group.Runs.Select(run => Point(run.Metrics?.After)).OfType<ScatterPoint>()])),
            .. untuned.IsEmpty ? Array.Empty<ScatterGroup>() : [new ScatterGroup("untuned", untuned)],
        ];
        return groups.All(group => group.Points.IsEmpty)
            ? null
            : new ScatterChart(
                name,
                title,
                $"Each mark is a net: what its melodies earn by the rules (not scaled), and {meaning} Lines, where drawn: 95 % intervals.",
                label,
                "theory reward of a melody, not scaled",
                groups).Draw();

        ScatterPoint? Point(NetMetrics? net) =>
            net is not null && cost(net) is var (figure, scale) && net[Theory] is { Value: var theory } obeys && double.IsFinite((figure.Value * scale) + theory)
                ? new ScatterPoint(figure.Value * scale, theory, figure.Interval is { } reach ? new(reach.Low * scale, reach.High * scale) : null, obeys.Interval)
                : null;
    }

    private static Drawing? Curve(
        Comparison comparison,
        string name,
        string title,
        string unit,
        Func<RunRecord, TuningWindow, double> value,
        Func<RunRecord, TuningWindow, double> error)
    {
        ImmutableArray<Series> lines = [.. comparison.Groups.Select(group => new Series(group.Name, Points(group, value, error)))];
        return lines.All(line => line.Points.IsEmpty)
            ? null
            : new LineChart(
                name,
                title,
                "Evaluation without exploration. " + Bands(comparison),
                LearningCurves.StepLabel,
                unit,
                lines).Draw();
    }

    private static string Bands(Comparison comparison)
    {
        int alone = comparison.Groups.Count(group => group.Runs.Length == 1);
        return alone == comparison.Groups.Length ? "Bands, where drawn: 95 % intervals of the mean."
            : $"Mean over seeds, in a band from the lowest to the highest seed{(alone == 0 ? "" : "; of a group with one seed, the 95 % interval of the mean")}.";
    }

    /// <summary>The mean over runs at the steps that all of them measured.</summary>
    private static ImmutableArray<PlotPoint> Points(
        RunGroup of, Func<RunRecord, TuningWindow, double> value, Func<RunRecord, TuningWindow, double> error)
    {
        if (of.Runs is [var only])
        {
            return
            [
                .. from window in only.Progress
                   let mean = value(only, window)
                   where double.IsFinite(mean)
                   let half = Normal95 * error(only, window)
                   select new PlotPoint(window.Step, mean, mean - half, mean + half),
            ];
        }

        return
        [
            .. from pair in of.Runs.SelectMany(run => run.Progress.Select(window => (window.Step, Value: value(run, window))))
               where double.IsFinite(pair.Value)
               group pair.Value by pair.Step into seeds
               where seeds.Count() == of.Runs.Length
               orderby seeds.Key
               select new PlotPoint(seeds.Key, seeds.Average(), seeds.Min(), seeds.Max()),
        ];
    }

    private static double Unscaled(RunRecord run, double theory) => run.Plan.Reward.RewardScaler == 0 ? double.NaN : theory / run.Plan.Reward.RewardScaler;
}
