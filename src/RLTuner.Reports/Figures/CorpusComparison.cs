using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Runs;

namespace RLTuner.Reports.Figures;

/// <summary>What is heard in the corpus, and in the melodies before and after: a small histogram a figure.</summary>
internal static class CorpusComparison
{
    private const int HalfBarsShown = 12, FirstDegreeAbove = 12;

    private static readonly string[] PitchClasses = ["1", "", "2", "", "3", "4", "", "5", "", "6", "", "7"];

    public static SmallMultiples? Of(RunRecord run)
    {
        if (run.Metrics is not { Corpus: { } corpus, Before.Histograms: { } before, After.Histograms: { } after }
            || !corpus.AreIn(before.Metre) || !corpus.AreIn(after.Metre))
        {
            return null;
        }

        HistogramDistances then = HistogramDistances.Between(before, corpus), now = HistogramDistances.Between(after, corpus);
        int beat = corpus.Metre.StepsPerBeat();
        ulong[] halves =
        [
            .. corpus.HalfBars.Keys.Union(before.HalfBars.Keys).Union(after.HalfBars.Keys)
                .OrderByDescending(half => new[] { corpus, before, after }.Max(of => of.HalfBars.GetValueOrDefault(half) / Math.Max(1.0, of.HalfBars.Values.Sum())))
                .ThenBy(half => half).Take(HalfBarsShown),
        ];
        ImmutableArray<Drawing> panels =
        [
            Panel("Pitches", "degree of the scale", heard => heard.PitchClasses, then.PitchClass, now.PitchClass, bin => PitchClasses[bin % FirstDegreeAbove]),
            Panel("Intervals", "semitones", heard => heard.Intervals, then.Interval, now.Interval, bin => bin > FirstDegreeAbove ? "+" : bin % 2 == 0 ? Number(bin) : ""),
            Panel("Lengths", "sixteenths to the next note", heard => heard.Lengths[1..], then.Length, now.Length, bin => bin == 15 ? "16+" : (bin + 1) % 2 == 0 && bin < 13 ? Number(bin + 1) : ""),
            Panel("Places in the bar", "beat", heard => heard.Positions, then.Position, now.Position, bin => bin % beat == 0 ? Number((bin / beat) + 1) : ""),
            Panel(
                "Rhythms of half bars",
                "the most frequent; from above, a dot where a note begins",
                heard => [.. halves.Select(half => heard.HalfBars.GetValueOrDefault(half))],
                then.HalfBar,
                now.HalfBar,
                _ => "",
                heard => heard.HalfBars.Values.Sum(),
                [.. halves.Select(half => (half, Math.Max(1, corpus.StepsPerBar / 2)))]),
        ];
        return new SmallMultiples(
            "corpus",
            "Beside the corpus (grey): before (blue), after (orange)",
            "Wide grey columns: the corpus; in them before tuning (left) and after (right). In the titles the distance to the corpus before and after: the share that would have to change to be as in the corpus.",
            panels);

        Drawing Panel(
            string title,
            string label,
            Func<CorpusHistograms, ImmutableArray<long>> counts,
            double distanceBefore,
            double distanceAfter,
            Func<int, string> name,
            Func<CorpusHistograms, double>? whole = null,
            ImmutableArray<(ulong Pattern, int Steps)> patterns = default)
        {
            string distances = string.Create(CultureInfo.InvariantCulture, $"{100 * distanceBefore:0.0} → {100 * distanceAfter:0.0} %");
            return new PairedHistogram(
                $"{title}: {distances}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{title} in the corpus, before and after tuning. Distance to the corpus {100 * distanceBefore:0.#} % before, {100 * distanceAfter:0.#} % after."),
                label,
                Shares(corpus),
                Shares(before),
                Shares(after),
                name)
            {
                Patterns = patterns.IsDefault ? [] : patterns,
            }.Draw();

            ImmutableArray<double> Shares(CorpusHistograms heard)
            {
                ImmutableArray<long> all = counts(heard);
                double sum = whole?.Invoke(heard) ?? all.Sum();
                return [.. all.Select(count => sum == 0 ? 0 : 100 * count / sum)];
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
