using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rules;
using RLTuner.Rules.Magenta;

namespace RLTuner.Evaluation;

/// <summary>Counts what the original counts, melody by melody.</summary>
/// <param name="encoding">The class numbers to read; the original knows the default alone.</param>
public sealed class MagentaTally(MelodyEncoding encoding)
{
    private readonly MagentaKey _key = new();
    private readonly Dictionary<string, int> _counts = MagentaCounter.All.ToDictionary(name => name, _ => 0);
    private readonly List<double>[] _autocorrelations = [[], [], []];
    private readonly MelodySoFar _melody = new(encoding, plannedLength: 64, TimeSignature.CommonTime);

    /// <summary>The statistics of some melodies.</summary>
    /// <exception cref="ArgumentException">An event has no class in the encoding.</exception>
    public static MagentaStatistics Of(IEnumerable<Melody> melodies, MelodyEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        MagentaTally tally = new(encoding);
        foreach (Melody melody in melodies)
        {
            tally.Add(melody);
        }

        return tally.ToStatistics();
    }

    /// <summary>Adds a melody.</summary>
    /// <exception cref="ArgumentException">An event has no class in the encoding; the melody is counted up to it.</exception>
    public void Add(Melody melody)
    {
        ArgumentNullException.ThrowIfNull(melody);
        _melody.Start(MelodyEvent.Hold);
        foreach (MelodyEvent next in melody.Events)
        {
            CountStep(next);
            _melody.Append(next);
        }

        MagentaReading whole = _melody.Magenta;
        Count(MagentaCounter.HighUnique, whole.Classes.HighestCount == 1);
        Count(MagentaCounter.LowUnique, whole.Notes.LowestCount == 1);
        Count(MagentaCounter.Compositions, true);
        for (int lag = 1; lag <= Autocorrelation.MaxLag; lag++)
        {
            _autocorrelations[lag - 1].Add(whole.Autocorrelation.At(lag).Value);
        }
    }

    /// <summary>The statistics of the melodies so far.</summary>
    public MagentaStatistics ToStatistics() =>
        new(_counts.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. _autocorrelations.Select(values => values.ToImmutableArray())]);

    private void CountStep(MelodyEvent next)
    {
        int played = encoding.ClassOf(next);
        MagentaReading before = _melody.Magenta;
        bool motif = before.DistinctNotesInMotif(played) >= MagentaReading.LeastNotesOfMotif;
        Count(MagentaCounter.TotalNotes, true);
        Count(MagentaCounter.NotesNotInKey, _key.Score(_melody, next) < 0);
        Count(MagentaCounter.StartingTonic, before.Count == 0 && played == MagentaReading.Tonic);
        Count(MagentaCounter.RepeatedNotes, before.IsExcessive(played));
        Count(MagentaCounter.NotesInMotif, motif);
        Count(MagentaCounter.NotesInRepeatedMotif, motif && before.MotifCameBefore(played));
        Count(MagentaCounter.ResolvedLeaps, before.JudgeLeap(played) == LeapOutcome.Resolved);
        Count(MagentaCounter.LeapTwice, before.JudgeLeap(played) == LeapOutcome.Doubled);
        if (MagentaCounter.Of(before.IntervalTo(played)) is string interval)
        {
            Count(interval, true);
        }
    }

    private void Count(string counter, bool applies) => _counts[counter] += applies ? 1 : 0;
}
