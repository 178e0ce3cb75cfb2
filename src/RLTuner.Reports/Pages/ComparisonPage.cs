using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Reports.Figures;
using RLTuner.Runs;

namespace RLTuner.Reports.Pages;

/// <summary>Several runs on one page: the trade-off, curves with bands over seeds, and a table.</summary>
internal static class ComparisonPage
{
    public static string Of(Comparison comparison, ImmutableArray<Drawing> figures)
    {
        RunRecord[] runs = [.. comparison.Groups.SelectMany(group => group.Runs)];
        Page page = new();
        page.Add("<h1>Runs compared</h1>");
        page.Add($"<p class=\"lead\">{Count(runs.Length, "run")} in {Count(comparison.Groups.Length, "group")}; runs that differ in their seed alone are one group.</p>");
        Remarks(page, runs);
        if (!figures.IsEmpty)
        {
            page.Heading("How they compare").Figures(figures);
        }

        Runs(page, comparison);
        Metrics(page, comparison);
        return page.ToHtml("Runs compared – RLTuner");
    }

    private static void Remarks(Page page, RunRecord[] runs)
    {
        string[] remarks = [.. runs.SelectMany(run => run.Remarks.Select(remark => $"{run.Name}: {remark}"))];
        if (remarks.Length > 0)
        {
            page.Add("<div class=\"remarks\" role=\"note\"><strong>Not all of these runs could be read</strong><ul>");
            page.Add(string.Concat(remarks.Select(remark => $"<li>{Text(remark)}</li>"))).Add("</ul></div>");
        }
    }

    private static void Runs(Page page, Comparison comparison)
    {
        page.Heading("The runs");
        page.Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Runs by group\"><table><thead><tr><th scope=\"col\">group</th><th scope=\"col\">run</th>"
            + "<th scope=\"col\" class=\"number\">seed</th><th scope=\"col\" class=\"number\">notes played</th></tr></thead><tbody>");
        foreach (RunGroup group in comparison.Groups)
        {
            foreach (RunRecord run in group.Runs)
            {
                string played = run.Progress.IsEmpty ? "–" : run.Progress[^1].Step.ToString("N0", CultureInfo.InvariantCulture);
                page.Add($"<tr><th scope=\"row\">{Text(group.Name)}</th><td>{Text(run.Name)}</td>"
                    + $"<td class=\"number\">{run.Plan.Seed.ToString(CultureInfo.InvariantCulture)}</td><td class=\"number\">{played}</td></tr>");
            }
        }

        page.Add("</tbody></table></div>");
    }

    /// <summary>A row a figure, a column a group: the mean over seeds, and below it the range.</summary>
    private static void Metrics(Page page, Comparison comparison)
    {
        RunGroup[] groups = [.. comparison.Groups.Where(group => group.Runs.Any(run => run.Metrics is not null))];
        if (groups.Length == 0)
        {
            return;
        }

        RunRecord first = groups.SelectMany(group => group.Runs).First(run => run.Metrics is not null);
        page.Heading("What the tuned nets compose");
        page.Add("<p class=\"quiet\">Means over seeds; small: from the lowest to the highest seed, or the 95 % interval where there is one seed alone. Untuned is the net that the first run started from.</p>");
        page.Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figures by group\"><table><thead><tr><th scope=\"col\">figure</th><th scope=\"col\" class=\"number\">untuned</th>"
            + string.Concat(groups.Select(group => $"<th scope=\"col\" class=\"number\">{Text(group.Name)}<small></small></th>")) + "</tr></thead><tbody>");
        foreach (Figure figure in FigureTexts.Of(first.Metrics!))
        {
            page.Add($"<tr><th scope=\"row\" title=\"{Text(figure.Description)}\">{Text(figure.Name.Replace('_', ' '))}</th>"
                + $"<td class=\"number\">{Text(FigureTexts.TextOf(first.Metrics!.Before[figure.Name]))}</td>"
                + string.Concat(groups.Select(group => $"<td class=\"number\">{Cell(group, figure)}</td>")) + "</tr>");
        }

        page.Add("</tbody></table></div>");
    }

    private static string Cell(RunGroup group, Figure figure)
    {
        NetMetrics[] nets = [.. group.Runs.Select(run => run.Metrics?.After).OfType<NetMetrics>()];
        double[] values = [.. nets.Select(net => net[figure.Name]?.Value ?? double.NaN).Where(double.IsFinite)];
        string small = nets.Length == 1
            ? FigureTexts.IntervalOf(nets[0][figure.Name])
            : values.Length > 1 && values.Min() < values.Max() ? FigureTexts.RangeOf(figure, values.Min(), values.Max()) : "";
        return Text(FigureTexts.TextOf(values.Length == 0 ? null : figure with { Value = values.Average() })) + $"<small>{Text(small)}</small>";
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");

    private static string Text(string text) => Page.Text(text);
}
