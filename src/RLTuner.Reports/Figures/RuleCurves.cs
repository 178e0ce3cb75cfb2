using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Figures;

/// <summary>One small chart a rule.</summary>
internal static class RuleCurves
{
    private const double Percent = 100;

    public static SmallMultiples? Rewards(RunRecord run) => Draw(
        run,
        "rules-rewards",
        "Reward by each rule while learning",
        "Weighted and scaled, mean of a note in each window; each rule has a scale of its own.",
        "reward, mean of a note",
        (rule, window) => rule.Reward / window.Steps);

    public static SmallMultiples? Violations(RunRecord run) => Draw(
        run,
        "rules-violations",
        "How often each rule is violated while learning",
        "Notes that the rule scored below 0, of the notes in each window; each rule has a scale of its own.",
        "violations, % of notes",
        (rule, window) => Percent * rule.Violated / window.Steps);

    private static SmallMultiples? Draw(
        RunRecord run, string name, string title, string description, string unit, Func<RuleLedger, TuningWindow, double> value)
    {
        // In the order of the options, then whatever else the windows know.
        IEnumerable<string> names = run.Plan.Theory.Rules.Keys.Concat(run.Progress.SelectMany(window => window.Rules).Select(ledger => ledger.Name).Order(StringComparer.Ordinal)).Distinct();
        ImmutableArray<Drawing> panels = [.. names.Take(Most).Select(Panel).OfType<Drawing>()];
        return panels.IsEmpty ? null : new SmallMultiples(name, title, description, panels);

        Drawing? Panel(string rule)
        {
            Series line = new(
                rule,
                [
                    .. from window in run.Progress
                       let ledger = window.Rules.FirstOrDefault(ledger => ledger.Name == rule)
                       select new PlotPoint(window.Step, ledger.Name is null ? double.NaN : value(ledger, window)),
                ]);
            return line.Points.Any(point => point.IsMeasured)
                ? new LineChart(name, rule.Replace('_', ' '), $"{title}: {rule}. {description}", "step", unit, [line]) { WithZero = true }.DrawSmall()
                : null;
        }
    }

    /// <summary>No run has so many rules; a damaged file may.</summary>
    private const int Most = 64;
}
