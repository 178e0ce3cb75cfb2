using System.Collections.Immutable;
using RLTuner.Learning;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Figures;

/// <summary>How a run went, by step: x is always the step at which the value was measured.</summary>
internal static class LearningCurves
{
    /// <summary>How the names of the learner's figures begin.</summary>
    public const string LearnerPrefix = "learner-";

    public const string StepLabel = "step (notes played)";

    /// <summary>Half the width of a 95 % interval in standard errors.</summary>
    private const double Normal95 = 1.96;

    /// <summary>No learner tells so much; a damaged file may.</summary>
    private const int MostDiagnostics = 16;

    public static Drawing? Rewards(RunRecord run) => Chart(
        "rewards",
        "Reward while learning",
        "Mean reward of a note in each window, exploration included: in total, from the rules (scaled), and log p under the Note RNN.",
        "reward, mean of a note",
        Sources(run, window => Divided(window.Train, window.Steps), _ => Nothing));

    public static Drawing? Evaluation(RunRecord run) => Chart(
        "evaluation",
        "Evaluation: reward of a melody",
        "Mean over the evaluation's melodies of the sum over their notes, without exploration."
            + (run.Progress.Any(window => double.IsFinite(window.EvaluationError.Total)) ? " Bands: 95 % intervals of the mean." : ""),
        "reward, sum over a melody",
        Sources(run, window => window.Evaluation, window => window.EvaluationError));

    /// <summary>What the learner itself tells, one chart a figure; one that is 0 throughout has nothing to show.</summary>
    public static IEnumerable<Drawing> Learner(RunRecord run) => run.Progress
        .SelectMany(window => window.Learner).Where(figure => figure.Value != 0).Select(figure => figure.Name).Distinct().Take(MostDiagnostics)
        .Select(name => Chart(
            FileNameOf(name),
            Words(name),
            $"The learner's {Words(name).ToLowerInvariant()} in each window; a band, where drawn, from the least to the largest. docs/metrics.md defines it.",
            Words(name).ToLowerInvariant(),
            [Line(name, run, window => Of(window, name)?.Value ?? double.NaN, window => Of(window, name) is { Min: { } min, Max: { } max } ? (min, max) : null)]))
        .OfType<Drawing>();

    public static Drawing? Policy(RunRecord run) => Chart(
        "policy",
        "How far from the Note RNN",
        "Mean divergence of the policy from the Note RNN, and the policy's entropy, over the evaluation's melodies. Entropy near 0 warns of collapse.",
        "nats a step",
        [Line("divergence KL(policy ‖ Note RNN)", run, window => window.Policy.Divergence), Line("entropy", run, window => window.Policy.Entropy)]);

    private static Diagnostic? Of(TuningWindow window, string name) =>
        window.Learner.Where(figure => figure.Name == name).Cast<Diagnostic?>().FirstOrDefault();

    private static string Words(string name) => string.Concat(name[..1].ToUpperInvariant(), name[1..]).Replace('_', ' ');

    /// <summary>A figure's name may come from a damaged file.</summary>
    private static string FileNameOf(string name) => LearnerPrefix + string.Concat(name.Where(char.IsAsciiLetterOrDigit).Take(40));

    private static Drawing? Chart(string name, string title, string description, string yLabel, ImmutableArray<Series> series) =>
        series.Any(line => line.Points.Any(point => point.IsMeasured))
            ? new LineChart(name, title, description, StepLabel, yLabel, series) { WithZero = true }.Draw()
            : null;

    private static ImmutableArray<Series> Sources(RunRecord run, Func<TuningWindow, RewardSums> value, Func<TuningWindow, RewardSums> error)
    {
        Series Source(string name, Func<RewardSums, double> part) => Line(
            name,
            run,
            window => part(value(window)),
            window => part(error(window)) is var half && double.IsFinite(half)
                ? (part(value(window)) - (Normal95 * half), part(value(window)) + (Normal95 * half))
                : null);
        return [Source("total", sums => sums.Total), Source("theory", sums => sums.Theory), Source("Note RNN (log p)", sums => sums.NoteRnn)];
    }

    private static Series Line(
        string name, RunRecord run, Func<TuningWindow, double> value, Func<TuningWindow, (double Low, double High)?>? band = null) => new(
        name,
        [
            .. run.Progress.Select(window => band?.Invoke(window) is var (low, high)
                ? new PlotPoint(window.Step, value(window), low, high)
                : new PlotPoint(window.Step, value(window))),
        ]);

    private static RewardSums Nothing { get; } = new(double.NaN, double.NaN, double.NaN);

    private static RewardSums Divided(RewardSums sums, double by) => new(sums.Total / by, sums.Theory / by, sums.NoteRnn / by);
}
