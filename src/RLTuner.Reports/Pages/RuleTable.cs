using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Runs;

namespace RLTuner.Reports.Pages;

/// <summary>What each rule gives and how often, before and after.</summary>
internal static class RuleTable
{
    private static readonly Func<RuleFigures, Figure>[] Parts = [rule => rule.Reward, rule => rule.Violated, rule => rule.Fired];

    /// <summary>Adds the table where the run has such figures.</summary>
    public static void Add(Page page, RunMetrics metrics)
    {
        string[] rules = [.. metrics.After.Rules.Concat(metrics.Before.Rules).Select(rule => rule.Name).Distinct()];
        if (rules.Length == 0)
        {
            return;
        }

        page.Add("<h3>What each rule gives a melody, before and after</h3>");
        page.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<p class=\"quiet\">{metrics.Melodies:N0} melodies of each net. The reward is the mean of a melody, weighted, not scaled; violated and fired are the steps that the rule scored "
            + $"below 0, and other than 0. Bold where the 95 % intervals of both nets do not touch.</p>"));
        page.Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Rules before and after\"><table class=\"stacked\"><thead><tr><th scope=\"col\" rowspan=\"2\">rule</th>"
            + "<th scope=\"colgroup\" colspan=\"2\" class=\"number\">reward of a melody</th><th scope=\"colgroup\" colspan=\"2\" class=\"number\">violated</th>"
            + "<th scope=\"colgroup\" colspan=\"2\" class=\"number\">fired</th></tr><tr>"
            + string.Concat(Enumerable.Repeat("<th scope=\"col\" class=\"number\">before</th><th scope=\"col\" class=\"number\">after</th>", Parts.Length)) + "</tr></thead><tbody>");
        foreach (string rule in rules)
        {
            RuleFigures? before = Of(metrics.Before, rule), after = Of(metrics.After, rule);
            page.Add($"<tr><th scope=\"row\">{Page.Text(rule.Replace('_', ' '))}</th>"
                + string.Concat(Parts.Select(part => Pair(before is null ? null : part(before), after is null ? null : part(after)))) + "</tr>");
        }

        page.Add("</tbody></table></div>");
    }

    private static RuleFigures? Of(NetMetrics net, string rule) => net.Rules.FirstOrDefault(figures => figures.Name == rule);

    private static string Pair(Figure? before, Figure? after) => Cell(before, "number") + Cell(after, FigureTexts.AreApart(before, after) ? "number apart" : "number");

    private static string Cell(Figure? figure, string looks) =>
        $"<td class=\"{looks}\">{Page.Text(FigureTexts.TextOf(figure))}<small>{Page.Text(FigureTexts.IntervalOf(figure))}</small></td>";
}
