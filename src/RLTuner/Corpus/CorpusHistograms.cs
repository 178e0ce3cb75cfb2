using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus;

/// <summary>How often each thing is heard in melodies that begin at bar lines: what likeness to a corpus is measured by. docs/metrics.md defines each.</summary>
/// <param name="Metre">The metre; of metres with the same bars and beats, such as 4/4 and 2/2, any stands for all.</param>
/// <param name="PitchClasses">Notes by semitones above the tonic of the major key with the same signature, 12.</param>
/// <param name="Intervals">Motions from one note to the next by semitones, 0 to 12, then all wider ones.</param>
/// <param name="Lengths">Steps from one attack to the next, 0 to 15 (none has 0), then all longer ones.</param>
/// <param name="Positions">Notes by the step of the bar that they are attacked at.</param>
/// <param name="HalfBars">Half bars by their pattern of attacks: the first step is bit 0. Steps beyond the 64th of a half bar share bits with those before.</param>
public sealed record CorpusHistograms(
    TimeSignature Metre,
    ImmutableArray<long> PitchClasses,
    ImmutableArray<long> Intervals,
    ImmutableArray<long> Lengths,
    ImmutableArray<long> Positions,
    ImmutableSortedDictionary<ulong, long> HalfBars)
{
    internal const int Octave = 12, WiderThanOctave = 13, Longest = 16;

    /// <summary>Fewer windows say little.</summary>
    private const int LeastWindows = 20;

    /// <summary>The length of a bar.</summary>
    public int StepsPerBar => Metre.StepsPerBar();

    /// <summary>Notes attacked in a bar; not a number where no bar is whole.</summary>
    public double NotesPerBar => HalfBars.IsEmpty ? double.NaN : PitchClasses.Sum() * (StepsPerBar == 1 ? 1.0 : 2.0) / HalfBars.Values.Sum();

    /// <summary>Entropy of the lengths, in bits; not a number where there are none.</summary>
    public double LengthEntropy
    {
        get
        {
            double all = Lengths.Sum();
            return all == 0 ? double.NaN : Lengths.Sum(count => count == 0 ? 0 : -count / all * Math.Log2(count / all));
        }
    }

    /// <summary>
    /// The histograms of a corpus whose melodies begin at bar lines and are moved to C major or its relatives: a metre each, those with the most melodies first.
    /// Counted are windows of two bars that begin at bar lines and have four notes or more; a note that is held over the bar line is heard as begun there. Melodies of
    /// unknown metre count as 4/4. A metre of fewer than 20 windows has none.
    /// </summary>
    /// <param name="corpus">The corpus, on the grid of sixteenths: those to learn from and those held out.</param>
    public static ImmutableArray<CorpusHistograms> Of(MelodyCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return
        [
            .. from metre in corpus.Training.Concat(corpus.Validation)
                   .GroupBy(melody => melody.Metre ?? TimeSignature.CommonTime, new SameBars())
               let windows = metre.SelectMany(melody => BarWindows.Of(melody.Melody, 2 * metre.Key.StepsPerBar(), metre.Key.StepsPerBar())).ToArray()
               where windows.Length >= LeastWindows
               orderby windows.Length descending
               select Of(windows, Key.CMajor, new SameBars().Equals(metre.Key, TimeSignature.CommonTime) ? TimeSignature.CommonTime : metre.Key),
        ];
    }

    /// <summary>Whether another metre has the same bars and beats.</summary>
    public bool AreIn(TimeSignature metre) => new SameBars().Equals(Metre, metre);

    /// <summary>Counts melodies.</summary>
    /// <param name="melodies">Melodies from a bar line on.</param>
    /// <param name="key">The key whose signature says which pitch class is counted from.</param>
    /// <param name="timeSignature">The metre.</param>
    public static CorpusHistograms Of(IEnumerable<Melody> melodies, Key key, TimeSignature timeSignature)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        ArgumentNullException.ThrowIfNull(key);
        int home = KeySignature.Nearest(key).MajorTonic, bar = timeSignature.StepsPerBar(), half = Math.Max(1, bar / 2);
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
                    pitchClasses[(pitch.PitchClass - home + Octave) % Octave]++;
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

        return new CorpusHistograms(timeSignature, [.. pitchClasses], [.. intervals], [.. lengths], [.. positions], halves.ToImmutableSortedDictionary());
    }

    private sealed class SameBars : IEqualityComparer<TimeSignature>
    {
        public bool Equals(TimeSignature x, TimeSignature y) => (x.StepsPerBar(), x.StepsPerBeat()) == (y.StepsPerBar(), y.StepsPerBeat());

        public int GetHashCode(TimeSignature obj) => HashCode.Combine(obj.StepsPerBar(), obj.StepsPerBeat());
    }
}
