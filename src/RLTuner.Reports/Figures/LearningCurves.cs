using System.Collections.Immutable;
using RLTuner.Reports.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Figures;

/// <summary>How a run went, by step: x is always the step at which the value was measured.</summary>
internal static class LearningCurves
{
    public const string StepLabel = "step (notes played)";

    /// <summary>Half the width of a 95 % interval in standard errors.</summary>
    private const double Normal95 = 1.96;

    public static Drawing? Rewards(RunRecord run) => Chart(
        "rewards",
        "Reward while learning",
        "Mean reward of a note in each window, exploration included: in total, from the rules (scaled), and log p under the Note RNN.",
        "reward, mean of a note",
        Sources(run, window => window.Train is { } train ? Divided(train, window.Steps) : null, _ => null));

    public static Drawing? Evaluation(RunRecord run) => Chart(
        "evaluation",
        "Evaluation: reward of a melody",
        "Mean over the evaluation's melodies of the sum over their notes, without exploration."
            + (run.Progress.Any(window => window.StandardError is not null) ? " Bands: 95 % intervals of the mean." : ""),
        "reward, sum over a melody",
        Sources(run, window => window.Evaluation, window => window.StandardError));

    public static Drawing? Targets(RunRecord run) => Chart(
        "targets",
        "Target values",
        "The values y that the net learned to predict: mean of each window's updates, and a band from the least to the largest.",
        "target value y",
        [Line("mean", run, window => window.Targets?.Mean, window => window.Targets is { } y ? (y.Min, y.Max) : null)]);

    public static Drawing? Loss(RunRecord run) => Chart(
        "loss", "Loss", "Mean loss of each window's updates.", "loss, mean of an update", [Line("loss", run, window => window.Loss)]);

    /// <summary>Boltzmann exploration has no epsilon: nothing to show.</summary>
    public static Drawing? Exploration(RunRecord run) => run.Progress.All(window => window.Exploration is null or 0)
        ? null
        : Chart(
            "exploration",
            "Exploration",
            "The chance of a random note (epsilon) at the end of each window.",
            "epsilon, share of notes",
            [Line("epsilon", run, window => window.Exploration)]);

    public static Drawing? Policy(RunRecord run) => Chart(
        "policy",
        "How far from the Note RNN",
        "Mean divergence of the policy from the Note RNN, and the policy's entropy, over the evaluation's melodies. Entropy near 0 warns of collapse.",
        "nats a step",
        [Line("divergence KL(policy ‖ Note RNN)", run, window => window.Policy?.Kl), Line("entropy", run, window => window.Policy?.Entropy)]);

    private static Drawing? Chart(string name, string title, string description, string yLabel, ImmutableArray<Series> series) =>
        series.Any(line => line.Points.Any(point => point.IsMeasured))
            ? new LineChart(name, title, description, StepLabel, yLabel, series) { WithZero = true }.Draw()
            : null;

    private static ImmutableArray<Series> Sources(RunRecord run, Func<ProgressWindow, RewardSums?> value, Func<ProgressWindow, RewardSums?> error)
    {
        Series Source(string name, Func<RewardSums, double> part) => Line(
            name,
            run,
            window => value(window) is { } sums ? part(sums) : null,
            window => value(window) is { } sums && error(window) is { } errors
                ? (part(sums) - (Normal95 * part(errors)), part(sums) + (Normal95 * part(errors)))
                : null);
        return [Source("total", sums => sums.Total), Source("theory", sums => sums.Theory), Source("Note RNN (log p)", sums => sums.NoteRnn)];
    }

    private static Series Line(
        string name, RunRecord run, Func<ProgressWindow, double?> value, Func<ProgressWindow, (double Low, double High)?>? band = null) => new(
        name,
        [
            .. run.Progress.Select(window => band?.Invoke(window) is var (low, high)
                ? new PlotPoint(window.Step, value(window) ?? double.NaN, low, high)
                : new PlotPoint(window.Step, value(window) ?? double.NaN)),
        ]);

    private static RewardSums Divided(RewardSums sums, double by) => new(sums.Total / by, sums.Theory / by, sums.NoteRnn / by);
}
