using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Corpus.Building;

/// <summary>
/// Cuts a score where metre or tempo changes, so that each fragment has one of each and starts at tick 0. A note belongs to the
/// fragment that it starts in, and ends there at the latest.
/// </summary>
internal static class ScoreSplitter
{
    /// <summary>The fragments that hold notes, in order of time. Tempos that do not split are levelled to the first.</summary>
    public static IReadOnlyList<Score> Split(Score score, SplitPoints points)
    {
        ArgumentNullException.ThrowIfNull(score);
        bool metres = points != SplitPoints.None;

        // Where ticks count seconds, only the tempo says what a quarter note is.
        bool tempos = points == SplitPoints.MetreAndTempo || score.Tempos.TicksPerQuarter is null;
        long[] cuts = [0, .. new SortedSet<long>([.. metres ? MetreChanges(score) : [], .. tempos ? TempoChanges(score) : []])];
        List<ScoreNote>[] notes = [.. cuts.Select(_ => new List<ScoreNote>())];
        foreach (ScoreNote note in score.Notes)
        {
            int cut = IndexAt(cuts, note.Start);
            long end = cut + 1 < cuts.Length ? Math.Min(note.End, cuts[cut + 1]) : note.End;
            notes[cut].Add(note with { Start = note.Start - cuts[cut], End = end - cuts[cut] });
        }

        KeySignatureChange[] keys = [.. score.KeySignatures.OrderBy(change => change.Tick)];
        TimeSignatureChange[] signatures = [.. score.TimeSignatures.OrderBy(change => change.Tick)];
        List<Score> fragments = [];
        int key = 0, signature = 0, tempo = 0;
        TimeSignature metre = TimeSignature.CommonTime;
        for (int i = 0; i < cuts.Length; i++)
        {
            while (key + 1 < keys.Length && keys[key + 1].Tick <= cuts[i])
            {
                key++;
            }

            for (; signature < signatures.Length && signatures[signature].Tick <= cuts[i]; signature++)
            {
                metre = signatures[signature].TimeSignature;
            }

            while (tempo + 1 < score.Tempos.Changes.Length && score.Tempos.Changes[tempo + 1].Tick <= cuts[i])
            {
                tempo++;
            }

            if (notes[i].Count > 0)
            {
                long end = i + 1 < cuts.Length ? cuts[i + 1] : long.MaxValue;
                fragments.Add(score with
                {
                    Tempos = Level(score.Tempos, score.Tempos.Changes[tempo].QuartersPerMinute),
                    Notes = [.. notes[i]],
                    TimeSignatures = [new TimeSignatureChange(0, metre)],
                    KeySignatures = [.. keys.Skip(key).TakeWhile(change => change.Tick < end)
                        .Select(change => change with { Tick = Math.Max(0, change.Tick - cuts[i]) })],
                });
            }
        }

        return fragments;
    }

    private static IEnumerable<long> MetreChanges(Score score)
    {
        TimeSignature metre = TimeSignature.CommonTime;
        foreach (TimeSignatureChange change in score.TimeSignatures.OrderBy(change => change.Tick))
        {
            if (change.TimeSignature != metre && change.Tick > 0)
            {
                yield return change.Tick;
            }

            metre = change.TimeSignature;
        }
    }

    private static IEnumerable<long> TempoChanges(Score score) => score.Tempos.Changes.Select(change => change.Tick).Where(tick => tick > 0);

    private static TempoMap Level(TempoMap map, double tempo) => map.TicksPerQuarter is { } ticks
        ? TempoMap.Metrical(ticks, new TempoChange(0, tempo))
        : TempoMap.Absolute(map.SecondsAt(map.Changes[0].Tick + 1) - map.SecondsAt(map.Changes[0].Tick), new TempoChange(0, tempo));

    private static int IndexAt(long[] cuts, long tick)
    {
        int index = Array.BinarySearch(cuts, tick);
        return Math.Max(0, index >= 0 ? index : ~index - 1);
    }
}
