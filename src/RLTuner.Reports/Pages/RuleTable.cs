using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Reports.Runs;

namespace RLTuner.Reports.Pages;

/// <summary>What each rule gives and how often, before and after: the figures <c>rule_NAME_reward</c>, <c>_violated</c> and <c>_fired</c>.</summary>
internal static class RuleTable
{
    private const string Prefix = "rule_", Reward = "_reward", Violated = "_violated", Fired = "_fired";

    private static readonly string[] Kinds = [Reward, Violated, Fired];

    /// <summary>Whether a figure stands in this table, not among the others.</summary>
    public static bool Has(string name) => RuleOf(name) is not null;

    /// <summary>What a figure of this table is measured in; null of any other.</summary>
    public static FigureUnit? UnitOf(string name) =>
        RuleOf(name) is null ? null : name.EndsWith(Reward, StringComparison.Ordinal) ? FigureUnit.PerMelody : FigureUnit.Share;

    /// <summary>Adds the table where the run has such figures.</summary>
    public static void Add(Page page, RunMetrics metrics, FigureTexts texts)
    {
        string[] rules = [.. FigureTexts.Names(metrics).Select(RuleOf).OfType<string>().Distinct()];
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
            + string.Concat(Enumerable.Repeat("<th scope=\"col\" class=\"number\">before</th><th scope=\"col\" class=\"number\">after</th>", Kinds.Length)) + "</tr></thead><tbody>");
        foreach (string rule in rules)
        {
            page.Add($"<tr><th scope=\"row\">{Page.Text(rule.Replace('_', ' '))}</th>{string.Concat(Kinds.Select(kind => Pair(Prefix + rule + kind)))}</tr>");
        }

        page.Add("</tbody></table></div>");

        string Pair(string name) => Cell(metrics.Before, name, "number") + Cell(metrics.After, name, FigureTexts.AreApart(metrics, name) ? "number apart" : "number");

        string Cell(NetMetrics net, string name, string looks) =>
            $"<td class=\"{looks}\">{Page.Text(texts.TextOf(name, net[name]))}<small>{Page.Text(texts.IntervalOf(net, name))}</small></td>";
    }

    private static string? RuleOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && Kinds.FirstOrDefault(kind => name.EndsWith(kind, StringComparison.Ordinal)) is { } end
        && name.Length > Prefix.Length + end.Length
            ? name[Prefix.Length..^end.Length]
            : null;
}
