using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Corpus;
using RLTuner.Evaluation;
using RLTuner.Music;

namespace RLTuner.Studio.Melodies;

/// <summary>How often each thing is heard in melodies, and in the corpus that the net learned from.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Meaning">The same in a sentence.</param>
/// <param name="Labels">Of each bin.</param>
/// <param name="Now">The share of each bin in the melodies.</param>
/// <param name="Corpus">The same in the corpus; null where none is known in this metre.</param>
internal sealed record HistogramAnswer(string Name, string Meaning, ImmutableArray<string> Labels, ImmutableArray<double> Now, ImmutableArray<double>? Corpus)
{
    private const int HalfBarsShown = 12;

    private static readonly string[] Degrees = ["1", "♭2", "2", "♭3", "3", "4", "♯4", "5", "♭6", "6", "♭7", "7"];

    /// <summary>The histograms of melodies in a net's key and metre.</summary>
    public static ImmutableArray<HistogramAnswer> Of(IEnumerable<Melody> melodies, HeardNet net)
    {
        CorpusHistograms now = CorpusHistograms.Of(melodies, net.Key, net.Metre);
        CorpusHistograms? corpus = ReferenceCorpus.Of(net.Model).In(net.Metre);
        int beat = net.Metre.StepsPerBeat(), half = Math.Max(1, net.Metre.StepsPerBar() / 2);
        ulong[] halves =
        [
            .. now.HalfBars.Keys.Union(corpus?.HalfBars.Keys ?? [])
                .OrderByDescending(pattern => Math.Max(Share(now, pattern), corpus is null ? 0 : Share(corpus, pattern))).ThenBy(pattern => pattern).Take(HalfBarsShown),
        ];
        return
        [
            Shares("pitches", "Notes by degree of the scale.", heard => heard.PitchClasses, bin => Degrees[bin]),
            Shares("intervals", "Motions from note to note, in semitones.", heard => heard.Intervals, bin => bin > 12 ? "13+" : Text(bin)),
            Shares("lengths", "Sixteenths from one note to the next.", heard => heard.Lengths[1..], bin => bin == 15 ? "16+" : Text(bin + 1)),
            Shares("places", "Notes by their place in the bar, by beats.", heard => heard.Positions, bin => bin % beat == 0 ? Text((bin / beat) + 1) : ""),
            new HistogramAnswer(
                "rhythms", "Half bars by their rhythm: x where a note begins. The most frequent.",
                [.. halves.Select(pattern => string.Concat(Enumerable.Range(0, Math.Min(half, 64)).Select(step => (pattern >> step & 1) == 1 ? 'x' : '.')))],
                [.. halves.Select(pattern => Share(now, pattern))],
                corpus is null ? null : [.. halves.Select(pattern => Share(corpus, pattern))]),
        ];

        HistogramAnswer Shares(string name, string meaning, Func<CorpusHistograms, ImmutableArray<long>> counts, Func<int, string> label) => new(
            name, meaning, [.. counts(now).Select((_, bin) => label(bin))], Normalised(counts(now)), corpus is null ? null : Normalised(counts(corpus)));
    }

    private static double Share(CorpusHistograms heard, ulong pattern) => heard.HalfBars.GetValueOrDefault(pattern) / Math.Max(1.0, heard.HalfBars.Values.Sum());

    private static ImmutableArray<double> Normalised(ImmutableArray<long> counts)
    {
        double all = Math.Max(1, counts.Sum());
        return [.. counts.Select(count => count / all)];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
