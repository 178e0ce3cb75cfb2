using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Reports.Figures;
using RLTuner.Rewards;
using RLTuner.Runs;
using RLTuner.Tuning;

namespace RLTuner.Reports.Pages;

/// <summary><c>report.html</c>: what a run was asked, what it changed, how it went, and ten melodies to listen to.</summary>
internal static class RunPage
{
    private const int MelodiesShown = 10;

    public static string Of(RunRecord run, RunFigures figures)
    {
        Page page = new();
        Head(page, run);
        BeforeAndAfter(page, run);
        Beside(page, figures.Corpus);
        Melodies(page, run);
        Section(page, "How it went", figures.Curves);
        Rules(page, run, figures.Rules);
        Section(page, "What the nets play", figures.Outcome);
        Section(page, "What the nets expect", figures.Probabilities);
        Repeat(page, run);
        return page.ToHtml($"{run.Name} – RLTuner");
    }

    private static void Section(Page page, string heading, ImmutableArray<Drawing> drawings)
    {
        if (!drawings.IsEmpty)
        {
            page.Heading(heading).Figures(drawings);
        }
    }

    private static void Beside(Page page, SmallMultiples? corpus)
    {
        if (corpus is not null)
        {
            page.Panels(corpus, "h2");
        }
    }

    private static void Rules(Page page, RunRecord run, ImmutableArray<SmallMultiples> figures)
    {
        bool measured = run.Metrics is { } metrics && !(metrics.After.Rules.IsEmpty && metrics.Before.Rules.IsEmpty);
        if (!figures.IsEmpty || measured)
        {
            page.Heading("Every rule");
        }

        if (measured)
        {
            RuleTable.Add(page, run.Metrics!);
        }

        foreach (SmallMultiples rules in figures)
        {
            page.Panels(rules);
        }
    }

    private static void Head(Page page, RunRecord run)
    {
        RunPlan plan = run.Plan;
        long played = run.Progress.IsEmpty ? 0 : run.Progress[^1].Step;
        page.Add($"<h1>{Text(run.Name)}</h1>");
        page.Add($"<p class=\"lead\">A Note RNN tuned by {Text(LearnerOf(plan.Learner.Algorithm))} for {Number(played)} notes.</p>");
        if (!run.Remarks.IsEmpty)
        {
            page.Add("<div class=\"remarks\" role=\"note\"><strong>Not all of this run could be read</strong><ul>");
            page.Add(string.Concat(run.Remarks.Select(remark => $"<li>{Text(remark)}</li>"))).Add("</ul></div>");
        }

        if (CollapseOf(run) is { } collapse)
        {
            page.Add($"<div class=\"remarks\" role=\"note\"><strong>Watch out:</strong> {Text(collapse.Text)}.</div>");
        }

        Answers.Add(page, run);
        page.Add("<dl class=\"facts\">");
        Fact("Rules", $"{Word(plan.Reward.Mode.ToString())}{(plan.Theory.RuleSet == RuleSetName.Magenta ? ", as Magenta’s program scores them" : "")}");
        Fact("Key and metre", $"{plan.Theory.Key}, {plan.Theory.TimeSignature}");
        Fact("Notes played", played >= plan.TrainingSteps ? Number(played) : $"{Number(played)} of {Number(plan.TrainingSteps)}");
        Fact("Melodies", $"{Number(plan.NumNotesInMelody)} sixteenths each");
        Fact("Scale of the theory reward", plan.Reward.RewardScaler.ToString(CultureInfo.InvariantCulture));
        Fact("Starting net", plan.NoteRnn.Source);
        Fact("Seed", plan.Seed.ToString(CultureInfo.InvariantCulture));
        page.Add("</dl>");

        void Fact(string name, string value) => page.Add($"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>");
    }

    /// <summary>Told from the windows, as it was told while the run went on.</summary>
    private static Collapse? CollapseOf(RunRecord run)
    {
        if (run.Metrics?.Before is not { } untuned)
        {
            return null;
        }

        PolicyGuards guards = new(double.NaN, untuned["policy_entropy"]?.Value ?? double.NaN, untuned["different_melodies"]?.Value ?? double.NaN);
        CollapseWatch watch = new(guards, run.Plan.EntropyFloor, run.Plan.DistinctFloor);
        foreach (TuningWindow window in run.Progress)
        {
            watch.Remember(window);
        }

        return watch.Found;
    }

    private static void BeforeAndAfter(Page page, RunRecord run)
    {
        if (run.Metrics is not { } metrics)
        {
            return;
        }

        bool intervals = metrics.After.Figures.Any(figure => figure.Interval is not null);
        page.Heading("Before and after");
        page.Add($"<p class=\"quiet\">{Number(metrics.Melodies)} melodies of each net."
            + $"{(intervals ? " Bold where the intervals of both nets do not touch." : "")}</p>");
        page.Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figures before and after\"><table><thead><tr><th scope=\"col\">figure</th>"
            + $"{Column("before")}{Column("after")}<th scope=\"col\" class=\"about\">what is counted</th></tr></thead><tbody>");
        foreach (Figure figure in FigureTexts.Of(metrics))
        {
            Figure? before = metrics.Before[figure.Name], after = metrics.After[figure.Name];
            string looks = FigureTexts.AreApart(before, after) ? "number apart" : "number";
            page.Add($"<tr><th scope=\"row\">{Text(figure.Name.Replace('_', ' '))}</th>"
                + $"<td class=\"number\">{Cell(before)}</td><td class=\"{looks}\">{Cell(after)}</td><td class=\"about\">{Text(figure.Description)}</td></tr>");
        }

        page.Add("</tbody></table></div>");

        string Column(string name) => $"<th scope=\"col\" class=\"number\">{name}{(intervals ? "<small>95 % interval</small>" : "")}</th>";

        string Cell(Figure? figure) => Text(FigureTexts.TextOf(figure)) + (intervals ? $"<small>{Text(FigureTexts.IntervalOf(figure))}</small>" : "");
    }

    private static void Melodies(Page page, RunRecord run)
    {
        int pairs = Math.Min(MelodiesShown, Math.Max(run.Before.Length, run.After.Length));
        if (pairs == 0)
        {
            return;
        }

        page.Heading("Melodies before and after");
        page.Add("<p class=\"quiet\">Each pair comes from one random stream. A row is a semitone, a column a sixteenth; shaded rows are outside the key, notes there have "
            + "the second colour. They play in the page, at 120 quarter notes a minute.</p>");
        for (int i = 0; i < pairs; i++)
        {
            page.Add("<div class=\"roll-pair grid\">");
            foreach (Drawing drawing in MelodyPairs.Draw(run, i))
            {
                Melody melody = drawing.Name == "melody-before" ? run.Before[i] : run.After[i];
                page.Add($"<figure class=\"melody\">{drawing.Inline()}{MelodyButton.Of(drawing.Title, melody)}</figure>");
            }

            page.Add("</div>");
        }
    }

    private static void Repeat(Page page, RunRecord run)
    {
        page.Heading("Repeat it");
        page.Add($"<p>The same options and seed give the same bytes on one machine. This run was made by RLTuner {Text(run.Plan.Version)} from the net whose weights "
            + $"have the SHA-256 <code>{Text(run.Plan.NoteRnn.Sha256[..Math.Min(16, run.Plan.NoteRnn.Sha256.Length)])}…</code></p>");
        page.Add($"<pre>{Text(CommandLine.Shell(run.Plan))}</pre>");
        if (CommandLine.HasWeights(run.Plan))
        {
            page.Add($"<p>with <code>{CommandLine.RulesFile}</code>:</p><pre>{Text(CommandLine.Weights(run.Plan))}</pre>");
        }

        page.Heading("All options").Add("<dl class=\"options\">");
        foreach ((string name, string text) in run.OptionTexts)
        {
            page.Add($"<div><dt>{Text(name)}</dt><dd>{Text(text)}</dd></div>");
        }

        page.Add("</dl>");
    }

    private static string LearnerOf(string algorithm) => algorithm switch
    {
        "q" => "Q-learning",
        "psi" => "Ψ-learning",
        "g" => "G-learning",
        "pure-rl" => "Q-learning on theory alone",
        _ => algorithm,
    };

    /// <summary>The name of a choice as words: MusicTheoryAll becomes music theory all.</summary>
    private static string Word(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(string text) => Page.Text(text);
}
