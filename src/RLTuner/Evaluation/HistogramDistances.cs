using System.Collections.Immutable;
using RLTuner.Corpus;

namespace RLTuner.Evaluation;

/// <summary>Total variation distances between the histograms of melodies and those of a corpus, 0 to 1; not a number where one has counted nothing.</summary>
/// <param name="PitchClass">Of pitch classes.</param>
/// <param name="Interval">Of melodic intervals.</param>
/// <param name="Length">Of lengths from attack to attack.</param>
/// <param name="Position">Of places in the bar.</param>
/// <param name="HalfBar">Of half bars' patterns of attacks.</param>
public sealed record HistogramDistances(double PitchClass, double Interval, double Length, double Position, double HalfBar)
{
    /// <summary>How far melodies are from a corpus: for each histogram the share that would have to change (total variation).</summary>
    /// <param name="melodies">What is heard in the melodies.</param>
    /// <param name="corpus">What is heard in the corpus, in the same metre.</param>
    /// <exception cref="ArgumentException">Their bars or beats have other lengths.</exception>
    public static HistogramDistances Between(CorpusHistograms melodies, CorpusHistograms corpus)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(corpus);
        return corpus.AreIn(melodies.Metre)
            ? new HistogramDistances(
                Distance(melodies.PitchClasses, corpus.PitchClasses),
                Distance(melodies.Intervals, corpus.Intervals),
                Distance(melodies.Lengths, corpus.Lengths),
                Distance(melodies.Positions, corpus.Positions),
                Distance(melodies.HalfBars, corpus.HalfBars))
            : throw new ArgumentException($"expected histograms of {melodies.Metre}, found {corpus.Metre}", nameof(corpus));
    }

    /// <summary>The distances as figures.</summary>
    public ImmutableArray<Figure> Figures =>
    [
        Distance("pitch_class_distance", PitchClass, "pitch classes"),
        Distance("interval_distance", Interval, "motions from note to note"),
        Distance("length_distance", Length, "lengths from attack to attack"),
        Distance("position_distance", Position, "places of notes in the bar"),
        Distance("half_bar_distance", HalfBar, "half bars' rhythms"),
    ];

    private static double Distance(ImmutableArray<long> first, ImmutableArray<long> second)
    {
        double all = first.Sum(), others = second.Sum();
        return first.Zip(second, (one, two) => Math.Abs(Figure.Ratio(one, all) - Figure.Ratio(two, others))).Sum() / 2;
    }

    private static double Distance(ImmutableSortedDictionary<ulong, long> first, ImmutableSortedDictionary<ulong, long> second)
    {
        double all = first.Values.Sum(), others = second.Values.Sum();
        return first.Keys.Union(second.Keys)
            .Sum(key => Math.Abs(Figure.Ratio(first.GetValueOrDefault(key), all) - Figure.Ratio(second.GetValueOrDefault(key), others))) / 2;
    }

    private static Figure Distance(string name, double value, string what) =>
        new(name, value, FigureUnit.Share, $"{what} that would have to change to be as frequent as in the corpus");
}
