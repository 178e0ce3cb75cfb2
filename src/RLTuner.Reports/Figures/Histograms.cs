using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Music;
using RLTuner.Runs;

namespace RLTuner.Reports.Figures;

/// <summary>What the tuned net plays beside what the untuned net plays.</summary>
internal static class Histograms
{
    private const double Percent = 100;
    private const string IntervalPrefix = "interval_";

    public static Drawing? Pitches(RunRecord run)
    {
        bool measured = run.Metrics is { Before.Pitches.IsEmpty: false, After.Pitches.IsEmpty: false };
        IReadOnlyDictionary<Pitch, double> before = measured ? run.Metrics!.Before.Pitches : Count(run.Before);
        IReadOnlyDictionary<Pitch, double> after = measured ? run.Metrics!.After.Pitches : Count(run.After);
        Pitch[] pitches = [.. before.Keys.Concat(after.Keys)];
        if (pitches.Length == 0)
        {
            return null;
        }

        double ofBefore = before.Values.Sum(), ofAfter = after.Values.Sum();
        string melodies = (measured ? run.Metrics!.Melodies : Math.Max(run.Before.Length, run.After.Length)).ToString("N0", CultureInfo.InvariantCulture);
        int low = pitches.Min().MidiNumber, high = pitches.Max().MidiNumber;
        BarRow Row(Pitch pitch) => new(pitch.ToString(), [Share(before, pitch, ofBefore), Share(after, pitch, ofAfter)]);
        return new BarChart(
            "pitches",
            "Pitches before and after",
            $"Notes by pitch, of all notes in {melodies} melodies of each net.",
            "% of notes",
            ["before tuning (upper)", "after tuning (lower)"],
            [.. Enumerable.Range(low, high - low + 1).Reverse().Select(number => Row(new Pitch(number)))])
        {
            Left = 38,
        }.Draw();
    }

    public static Drawing? Intervals(RunRecord run)
    {
        if (run.Metrics is not { } metrics)
        {
            return null;
        }

        PlotPoint Bar(NetMetrics net, string name) => net[name] is { Interval: { } interval } figure
            ? new PlotPoint(0, Percent * figure.Value, Percent * interval.Low, Percent * interval.High)
            : new PlotPoint(0, Percent * (net[name]?.Value ?? double.NaN));
        ImmutableArray<BarRow> rows =
        [
            .. metrics.After.Figures.Select(figure => figure.Name).Where(name => IsSize(name))
                .Select(name => new BarRow(name[IntervalPrefix.Length..].Replace('_', ' '), [Bar(metrics.Before, name), Bar(metrics.After, name)])),
        ];
        string bands = metrics.After.Figures.Any(figure => figure.Interval is not null && IsSize(figure.Name)) ? " Thin lines: 95 % intervals." : "";
        return rows.IsEmpty
            ? null
            : new BarChart(
                "intervals",
                "Intervals before and after",
                string.Create(CultureInfo.InvariantCulture, $"Motions from one note to the next by size, of all motions in {metrics.Melodies:N0} melodies of each net.{bands}"),
                "% of motions",
                ["before tuning (upper)", "after tuning (lower)"],
                rows).Draw();
    }

    /// <summary>Whether a figure is of one size of interval; the distance of all is another thing.</summary>
    private static bool IsSize(string name) => name.StartsWith(IntervalPrefix, StringComparison.Ordinal) && !name.EndsWith("_distance", StringComparison.Ordinal);

    private static Dictionary<Pitch, double> Count(IEnumerable<Melody> melodies) =>
        melodies.SelectMany(melody => melody.Notes()).CountBy(note => note.Pitch).ToDictionary(pair => pair.Key, pair => (double)pair.Value);

    private static PlotPoint Share(IReadOnlyDictionary<Pitch, double> counts, Pitch pitch, double of) =>
        new(0, of == 0 ? double.NaN : Percent * counts.GetValueOrDefault(pitch) / of);
}
