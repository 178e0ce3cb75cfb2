using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Rewards;
using RLTuner.Runs;

namespace RLTuner.Reports.Pages;

/// <summary>What a musician asks first of tuned melodies, answered in sentences with figures. docs/metrics.md says where each verdict begins.</summary>
internal static class Answers
{
    private const double FewOutside = .03, ManyOutside = .12, MostEnd = .8, SomeEnd = .4, Alike = .75, Busy = 1.4, Farther = .02;

    /// <summary>Adds those that the run has figures for.</summary>
    public static void Add(Page page, RunRecord run)
    {
        if (run.Metrics is not { } metrics || run.Plan.Theory.RuleSet == RuleSetName.Magenta)
        {
            return;
        }

        (string Question, string? Answer)[] all =
        [
            ("Does it keep the key?", KeepsKey(metrics, run.Theory.Key)),
            ("Where does it end?", Ends(metrics)),
            ("Is the rhythm alive?", Rhythm(metrics)),
            ("Is it like the tunes it learned from?", Likeness(metrics)),
            ("Is it copied?", Copies(metrics)),
        ];
        if (all.All(entry => entry.Answer is null))
        {
            return;
        }

        page.Add("<dl class=\"answers\">");
        foreach ((string question, string? answer) in all.Where(entry => entry.Answer is not null))
        {
            page.Add($"<div><dt>{Page.Text(question)}</dt><dd>{Page.Text(answer!)}</dd></div>");
        }

        page.Add("</dl>");
    }

    private static string? KeepsKey(RunMetrics metrics, Key key) => Pair(metrics, "notes_not_in_key") is not var (before, after)
        ? null
        : $"{(after <= FewOutside ? "Yes" : after <= ManyOutside ? "Mostly" : "No")}: {Percent(after)} of its notes lie outside {key}; before tuning it was {Percent(before)}.";

    private static string? Ends(RunMetrics metrics) => Pair(metrics, "ending_on_tonic") is not var (before, after)
        ? null
        : $"{(after >= MostEnd ? "At home" : after >= SomeEnd ? "Often at home" : "Seldom at home")}: {Percent(after)} of its melodies end on the tonic; before tuning it was {Percent(before)}.";

    /// <summary>Alive is as varied and as busy as tunes are; without a corpus, as before.</summary>
    private static string? Rhythm(RunMetrics metrics)
    {
        if (Pair(metrics, "length_entropy") is not var (before, after) || Pair(metrics, "notes_per_bar") is not var (notesBefore, notes))
        {
            return null;
        }

        double varied = metrics.Corpus?.LengthEntropy ?? before, busy = metrics.Corpus?.NotesPerBar ?? notesBefore;
        string verdict = after < Alike * varied ? "Less than it should be"
            : notes > Busy * busy ? "It is restless"
            : notes * Busy < busy ? "It is slow"
            : "Yes";
        string grid = Pair(metrics, "on_eighth_grid") is var (_, eighths) ? $" {Percent(eighths)} of its notes begin on an eighth of the bar." : "";
        return Text($"{verdict}: its lengths have an entropy of {after:0.00} bits and a bar has {notes:0.0} notes; before tuning {before:0.00} and {notesBefore:0.0}")
            + (metrics.Corpus is { } corpus ? Text($", in the tunes it is held against {corpus.LengthEntropy:0.00} and {corpus.NotesPerBar:0.0}.") : ".") + grid;
    }

    private static string? Likeness(RunMetrics metrics)
    {
        Figure[] distances = [.. new HistogramDistances(0, 0, 0, 0, 0).Figures];
        (string Name, double Before, double After)[] known =
        [
            .. distances.Zip(["pitches", "intervals", "lengths", "places in the bar", "rhythms of half bars"])
                .Select(pair => (pair.Second, Pair(metrics, pair.First.Name))).Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.Second, pair.Item2!.Value.Before, pair.Item2.Value.After)),
        ];
        if (known.Length == 0)
        {
            return "Not known: the net does not say what it learned from. Name a corpus with --corpus.";
        }

        double change = known.Average(each => each.After - each.Before);
        string verdict = change > Farther ? "Less than before tuning" : change < -Farther ? "More than before tuning" : "As much as before tuning";
        return $"{verdict}. To be as in these tunes, so many would have to change: "
            + string.Join(", ", known.Select(each => $"{Percent(each.After)} of {each.Name} ({Percent(each.Before)} before)")) + ".";
    }

    private static string? Copies(RunMetrics metrics)
    {
        string different = Pair(metrics, "different_melodies") is var (_, distinct) ? $" {Percent(distinct)} of its melodies differ from one another." : "";
        if (Pair(metrics, "copied_passage") is not var (before, after))
        {
            return $"Not looked for: --corpus names the tunes to look in.{different}";
        }

        bool more = FigureTexts.AreApart(metrics.Before["copied_passage"], metrics.After["copied_passage"]) && after > before;
        return Text($"{(more ? "More than before tuning" : "No more than before tuning")}: the longest passage that a melody shares with the corpus has {after:0.0} notes on average; before tuning {before:0.0}.")
            + different;
    }

    private static (double Before, double After)? Pair(RunMetrics metrics, string name) =>
        metrics.Before[name]?.Value is double before && metrics.After[name]?.Value is double after && double.IsFinite(before) && double.IsFinite(after) ? (before, after) : null;

    private static string Percent(double share) => Text($"{100 * share:0.0}\u00A0%");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
