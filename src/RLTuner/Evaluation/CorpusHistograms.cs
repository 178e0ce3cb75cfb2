using System.Collections.Immutable;
using RLTuner.Music;

namespace RLTuner.Evaluation;

/// <summary>How often each thing is heard in melodies that begin at bar lines: what likeness to a corpus is measured by. docs/metrics.md defines each.</summary>
/// <param name="StepsPerBar">The length of a bar.</param>
/// <param name="PitchClasses">Notes by semitones above the tonic, 12.</param>
/// <param name="Intervals">Motions from one note to the next by semitones, 0 to 12, then all wider ones.</param>
/// <param name="Lengths">Steps from one attack to the next, 0 to 15 (none has 0), then all longer ones.</param>
/// <param name="Positions">Notes by the step of the bar that they are attacked at.</param>
/// <param name="HalfBars">Half bars by their pattern of attacks: the first step is bit 0. Steps beyond the 64th of a half bar share bits with those before.</param>
public sealed record CorpusHistograms(
    int StepsPerBar,
    ImmutableArray<long> PitchClasses,
    ImmutableArray<long> Intervals,
    ImmutableArray<long> Lengths,
    ImmutableArray<long> Positions,
    ImmutableSortedDictionary<ulong, long> HalfBars)
{
    internal const int Octave = 12, WiderThanOctave = 13, Longest = 16;

    /// <summary>Counts melodies.</summary>
    /// <param name="melodies">Melodies from a bar line on.</param>
    /// <param name="key">The key whose tonic pitch classes are counted from.</param>
    /// <param name="timeSignature">The metre.</param>
    public static CorpusHistograms Of(IEnumerable<Melody> melodies, Key key, TimeSignature timeSignature)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(key);
        int bar = timeSignature.StepsPerBar(), half = Math.Max(1, bar / 2);
        long[] pitchClasses = new long[Octave], intervals = new long[WiderThanOctave + 1], lengths = new long[Longest + 1], positions = new long[bar];
        Dictionary<ulong, long> halves = [];
        foreach (Melody melody in melodies)
        {
            int last = -1;
            ulong pattern = 0;
            for (int step = 0; step < melody.Events.Length; step++)
            {
                if (melody.Events[step].StartsNote)
                {
                    Pitch pitch = melody.Events[step].Pitch;
                    pitchClasses[(pitch.PitchClass - key.Tonic + Octave) % Octave]++;
                    positions[step % bar]++;
                    pattern |= 1UL << (step % bar % half);
                    if (last >= 0)
                    {
                        intervals[Math.Min((pitch - melody.Events[last].Pitch).Size, WiderThanOctave)]++;
                        lengths[Math.Min(step - last, Longest)]++;
                    }

                    last = step;
                }

                // A bar that cannot be halved has a step left over at its end.
                int inBar = (step % bar) + 1;
                if (inBar % half == 0 && inBar <= 2 * half)
                {
                    halves[pattern] = halves.GetValueOrDefault(pattern) + 1;
                    pattern = 0;
                }

                pattern = inBar == bar ? 0 : pattern;
            }
        }

        return new CorpusHistograms(bar, [.. pitchClasses], [.. intervals], [.. lengths], [.. positions], halves.ToImmutableSortedDictionary());
    }

    /// <summary>How far these melodies are from others: for each histogram the share that would have to change (total variation).</summary>
    /// <param name="other">Those of a corpus in the same metre.</param>
    /// <exception cref="ArgumentException">Its bars have another length.</exception>
    public HistogramDistances DistancesTo(CorpusHistograms other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.StepsPerBar != StepsPerBar
            ? throw new ArgumentException($"expected histograms of bars of {StepsPerBar} steps, found {other.StepsPerBar}", nameof(other))
            : new HistogramDistances(
                Distance(PitchClasses, other.PitchClasses),
                Distance(Intervals, other.Intervals),
                Distance(Lengths, other.Lengths),
                Distance(Positions, other.Positions),
                Distance(HalfBars, other.HalfBars));
    }

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
}

/// <summary>Total variation distances between the histograms of melodies and those of a corpus, 0 to 1; not a number where one has counted nothing.</summary>
/// <param name="PitchClass">Of pitch classes.</param>
/// <param name="Interval">Of melodic intervals.</param>
/// <param name="Length">Of lengths from attack to attack.</param>
/// <param name="Position">Of places in the bar.</param>
/// <param name="HalfBar">Of half bars' patterns of attacks.</param>
public sealed record HistogramDistances(double PitchClass, double Interval, double Length, double Position, double HalfBar)
{
    /// <summary>The distances as figures.</summary>
    public ImmutableArray<Figure> Figures =>
    [
        Distance("pitch_class_distance", PitchClass, "pitch classes"),
        Distance("interval_distance", Interval, "motions from note to note"),
        Distance("length_distance", Length, "lengths from attack to attack"),
        Distance("position_distance", Position, "places of notes in the bar"),
        Distance("half_bar_distance", HalfBar, "half bars' rhythms"),
    ];

    private static Figure Distance(string name, double value, string what) =>
        new(name, value, FigureUnit.Share, $"{what} that would have to change to be as frequent as in the corpus");
}
