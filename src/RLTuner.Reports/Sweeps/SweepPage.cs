using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Reports.Figures;
using RLTuner.Reports.Pages;
using RLTuner.Rewards;
using RLTuner.Sweeps;

namespace RLTuner.Reports.Sweeps;

/// <summary>What a sweep came to, as a page: what obeying costs, means with intervals, main effects, differences seed by seed.</summary>
internal static class SweepPage
{
    /// <summary>What the tables have; the files beside the page have every figure.</summary>
    private static readonly string[] Shown = [SweepResults.Theory, SweepResults.Distance, "note_rnn_log_probability", "policy_entropy", "different_melodies"];

    /// <summary>Below this many seeds the bootstrap promises too much.</summary>
    private const int EnoughForBootstrap = 10;

    public static string Of(SweepResults results, Drawing? frontier, SweepMelodies melodies)
    {
        Page page = new();
        int runs = results.Combinations.Sum(combination => combination.Runs.Length);
        page.Add("<h1>Sweep</h1>").Add(FormattableString.Invariant($"<p class=\"lead\">{runs:N0} runs of {results.Combinations.Length:N0} combinations.</p>"));
        Remarks(page, results);
        Figure[] figures = [.. Shown.Select(name => results.Figures.FirstOrDefault(figure => figure.Name == name)).OfType<Figure>()];
        IReadOnlyList<Combination> best = results.Frontier();
        if (frontier is not null)
        {
            page.Heading("What obeying the rules costs").Figures([frontier]);
        }

        page.Add($"<p class=\"quiet\">On the frontier, from near to far: {Text(string.Join("; ", best.Select(combination => combination.Name)))}.</p>");
        Halving(page, results.Halving);
        page.Heading("Means over seeds").Add($"<p class=\"quiet\">Small: the 95 % interval by Student's t, and in brackets by the bootstrap. {Text(OnSeeds(results))}</p>");
        Table(page, "Means over seeds", figures, results.Combinations.Select(combination => (combination.Name, (Func<string, SeedEstimate>)combination.Over)));
        MainEffect[] effects = [.. results.MainEffects()];
        if (effects.Length > 0)
        {
            page.Heading("Main effects").Add("<p class=\"quiet\">What a value adds to a figure beside the first value of that name: for each seed the mean over all pairs of runs that are otherwise alike, then the mean over seeds.</p>");
            Table(page, "Main effects", figures, effects.Select(effect => ($"{effect.Name} {effect.Value} beside {effect.Baseline}", effect.On)));
        }

        if (results.Combinations.Length > 1)
        {
            Combination first = results.Combinations[0];
            page.Heading("Seed by seed").Add($"<p class=\"quiet\">Differences from {Text(first.Name)}, taken between runs of the same seed: what a seed does to both drops out.</p>");
            Table(
                page, "Differences seed by seed", figures,
                results.Combinations.Skip(1).Select(combination => (combination.Name, (Func<string, SeedEstimate>)(figure => combination.Above(first, figure)))));
        }

        Melodies(page, "The best melodies", melodies.Best);
        Melodies(page, "The worst melodies", melodies.Worst);
        return page.ToHtml("Sweep – RLTuner");
    }

    /// <summary>Each combination as a mark, those on the frontier apart; intervals over seeds.</summary>
    public static Drawing? Frontier(SweepResults results)
    {
        HashSet<Combination> best = [.. results.Frontier()];
        ScatterPoint[] Points(IEnumerable<Combination> combinations) =>
        [
            .. from combination in combinations
               let x = combination.Over(SweepResults.Distance)
               let y = combination.Over(SweepResults.Theory)
               where double.IsFinite(x.Mean + y.Mean)
               select new ScatterPoint(x.Mean, y.Mean, x.Student, y.Student),
        ];
        return best.Count == 0
            ? null
            : new ScatterChart(
                "sweep-frontier",
                "Theory against distance",
                "Each mark is a combination: what its melodies earn by the rules (not scaled), and how far its net is from the Note RNN. Up and to the left is better. Lines: 95 % intervals over seeds.",
                "KL from the Note RNN, nats a step",
                "theory reward of a melody, not scaled",
                [
                    new ScatterGroup("on the frontier", [.. Points(best)]),
                    new ScatterGroup("others", [.. Points(results.Combinations.Where(combination => !best.Contains(combination)))]),
                ]).Draw();
    }

    /// <summary>What successive halving cut, and when.</summary>
    private static void Halving(Page page, ImmutableArray<HalvingRound> rounds)
    {
        if (rounds.IsEmpty)
        {
            return;
        }

        page.Heading("What was cut, and when")
            .Add("<p class=\"quiet\">Score: what a melody earned by the rules (not scaled) and log p, together; the mean over seeds of 1,000 melodies each, where the round ended.</p>")
            .Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"What was cut, and when\"><table><thead><tr><th scope=\"col\"></th><th scope=\"col\" class=\"number\">share of notes</th><th scope=\"col\" class=\"number\">score</th><th scope=\"col\"></th></tr></thead><tbody>");
        foreach ((HalvingRound round, HalvingScore each, string became) in rounds.SelectMany(round => round.GoOn.Select(each => (round, each, "went on")).Concat(round.Cut.Select(each => (round, each, "cut")))))
        {
            page.Add(string.Create(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(each.Combination)}</th><td class=\"number\">{100 * round.Share:0.#} %</td><td class=\"number\">{(each.Score is { } score ? Text(score.ToString("F1", CultureInfo.InvariantCulture)) : "failed")}</td><td>{became}</td></tr>"));
        }

        page.Add("</tbody></table></div>");
    }

    /// <summary>Melodies to look at and to hear, each with its run.</summary>
    private static void Melodies(Page page, string heading, ImmutableArray<SweepMelody> melodies)
    {
        if (melodies.IsEmpty)
        {
            return;
        }

        page.Heading(heading).Add("<p class=\"quiet\">Of the ten that each run keeps, judged by the run's own rules, not scaled.</p>").Add("<div class=\"grid\">");
        foreach ((PlannedRun run, int number, Melody melody, double score) in melodies)
        {
            Theory theory = run.Plan.Theory.ToTheory();
            string title = string.Create(CultureInfo.InvariantCulture, $"{score:F1} points");
            Drawing drawing = PianoRoll.Draw("melody", title, melody, PitchRows.For(melody), theory.Key, theory.TimeSignature);
            string file = string.Create(CultureInfo.InvariantCulture, $"runs/{Uri.EscapeDataString(run.Name)}/melodies/after-{number:D2}.mid");
            page.Add($"<figure class=\"melody\">{drawing.Inline()}{MelodyButton.Of(title, melody)}<figcaption><a href=\"{Text(file)}\">{Text(run.Name)}</a></figcaption></figure>");
        }

        page.Add("</div>");
    }

    private static void Remarks(Page page, SweepResults results)
    {
        string[] remarks =
        [
            .. results.Missing.IsEmpty ? Array.Empty<string>()
                : [FormattableString.Invariant($"{results.Missing.Length:N0} of {results.Missing.Length + results.Combinations.Sum(each => each.Runs.Length):N0} runs are not done and not in here.")],
            .. results.SameRules ? Array.Empty<string>() : ["The runs were judged by different rules or weights: compare their theory rewards only where those are the same."],
        ];
        if (remarks.Length > 0)
        {
            page.Add($"<div class=\"remarks\" role=\"note\"><ul>{string.Concat(remarks.Select(remark => $"<li>{Text(remark)}</li>"))}</ul></div>");
        }
    }

    private static string OnSeeds(SweepResults results)
    {
        int[] counts = [.. results.Combinations.Select(combination => combination.Runs.Length)];
        int least = counts.Length == 0 ? 0 : counts.Min();
        string seeds = counts.Length == 0 || least == counts.Max() ? $"{least} seeds each" : $"{least} to {counts.Max()} seeds each";
        return least < 2 ? $"{seeds}: of one seed there is no interval." : least < EnoughForBootstrap ? $"{seeds}: of so few the bootstrap's interval is too narrow; go by Student's." : $"{seeds}.";
    }

    private static void Table(Page page, string label, Figure[] figures, IEnumerable<(string Name, Func<string, SeedEstimate> Over)> rows)
    {
        page.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(label)}\"><table><thead><tr><th scope=\"col\"></th><th scope=\"col\" class=\"number\">seeds</th>"
            + string.Concat(figures.Select(figure => $"<th scope=\"col\" class=\"number\" title=\"{Text(figure.Description)}\">{Text(figure.Name.Replace('_', ' '))}<small></small></th>")) + "</tr></thead><tbody>");
        foreach ((string name, Func<string, SeedEstimate> over) in rows)
        {
            (Figure Figure, SeedEstimate Over)[] cells = [.. figures.Select(figure => (figure, over(figure.Name)))];
            page.Add($"<tr><th scope=\"row\">{Text(name)}</th><td class=\"number\">{(cells.Length == 0 ? 0 : cells.Max(cell => cell.Over.Count)).ToString(CultureInfo.InvariantCulture)}</td>"
                + string.Concat(cells.Select(cell => $"<td class=\"number\">{Cell(cell.Figure, cell.Over)}</td>")) + "</tr>");
        }

        page.Add("</tbody></table></div>");
    }

    private static string Cell(Figure figure, SeedEstimate over) => Text(FigureTexts.TextOf(figure with { Value = over.Mean }))
        + (over is { Student: { } student, Bootstrap: { } bootstrap }
            ? $"<small>{Text(FigureTexts.RangeOf(figure, student.Low, student.High))} [{Text(FigureTexts.RangeOf(figure, bootstrap.Low, bootstrap.High))}]</small>"
            : "<small></small>");

    private static string Text(string text) => Page.Text(text);
}
