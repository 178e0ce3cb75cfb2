using System.Collections.Immutable;
using RLTuner.Evaluation;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Tests.Music;

namespace RLTuner.Tests.Evaluation;

/// <summary>Counts of random melodies are those of plain definitions over notes and bars.</summary>
public sealed class MelodyTallyTests
{
    [Fact]
    public void Counts_equal_those_of_plain_definitions()
    {
        RandomSource random = new(9, "tally");
        for (int i = 0; i < 1000; i++)
        {
            TimeSignature metre = RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)];
            int bar = metre.StepsPerBar();
            Melody melody = new([.. RandomMelody.Of(1 + random.Next(80), MelodyEncoding.Default, bar, random)]);
            MelodyTally tally = new(Key.CMajor, metre);
            tally.Add(melody);
            MelodyStatistics found = tally.ToStatistics();

            MelodyNote[] notes = [.. melody.Notes()];
            int[] motions = [.. notes.Zip(notes.Skip(1), (from, to) => (to.Pitch - from.Pitch).Size)];
            ImmutableArray<MelodyEvent>[] bars = [.. melody.Events.Chunk(bar).Select(events => events.ToImmutableArray())];
            Assert.Equal(notes.Length, found.Notes);
            Assert.Equal(melody.Events.Length - notes.Sum(note => note.Length), found.StepsAtRest);
            Assert.Equal(notes.Count(note => !Key.CMajor.Contains(note.Pitch)), found.NotesNotInKey);
            Assert.Equal(motions.Count(size => size >= 7), found.Leaps);
            Assert.Equal(Enumerable.Range(0, 13).Select(size => motions.Count(motion => motion == size)), found.Intervals[..13]);
            Assert.Equal(motions.Count(size => size > 12), found.Intervals[13]);
            Assert.Equal(bars.Where(events => Pitches(events) >= 3).Sum(Attacks), found.NotesInMotif);
            Assert.Equal(Enumerable.Range(0, bars.Length).Sum(at => Attacks(RepeatedBeginning(bars, at))), found.NotesInRepeatedMotif);
        }
    }

    /// <summary>The longest beginning that a bar shares with an earlier one; empty where it holds fewer than three pitches.</summary>
    private static ImmutableArray<MelodyEvent> RepeatedBeginning(ImmutableArray<MelodyEvent>[] bars, int at)
    {
        int shared = bars[..at].Select(earlier => earlier.Zip(bars[at]).TakeWhile(pair => pair.First == pair.Second).Count()).DefaultIfEmpty().Max();
        ImmutableArray<MelodyEvent> beginning = bars[at][..shared];
        return Pitches(beginning) >= 3 ? beginning : [];
    }

    private static int Attacks(ImmutableArray<MelodyEvent> events) => events.Count(e => e.StartsNote);

    private static int Pitches(ImmutableArray<MelodyEvent> events) => events.Where(e => e.StartsNote).Distinct().Count();
}
