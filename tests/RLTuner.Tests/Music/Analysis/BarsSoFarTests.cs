using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;

namespace RLTuner.Tests.Music.Analysis;

/// <summary>Notes and bars kept step by step are those worked out anew, and asking what would be changes nothing.</summary>
public sealed class BarsSoFarTests
{
    [Fact]
    public void Bars_equal_those_worked_out_anew() => ForEachStep((melody, events, bar) =>
    {
        BarForm after = melody.Bars.After(events[melody.Count]);
        melody.Bars.After(MelodyEvent.NoteOff);
        melody.Append(events[melody.Count]);
        Assert.Equal(after, melody.Bars.Latest);
        PlainBar plain = new(events[..melody.Count], bar);
        Assert.Equal(plain.Steps, after.Steps);
        Assert.Equal(plain.Attacks.Length, after.Attacks);
        Assert.Equal(plain.SilentSteps, after.SilentSteps);
        Assert.Equal(plain.MotifAttacks, after.MotifAttacks);
        Assert.Equal(plain.MotifMoves, after.MotifMoves);
        if (after.Steps >= melody.Bars.StepsOfHalf)
        {
            Assert.Equal(plain.RhythmReturns, after.RhythmReturns);
            Assert.Equal(plain.RhythmVaries, after.RhythmVaries);
        }

        if (after.Steps == melody.Bars.StepsOfHalf || after.Steps == bar)
        {
            Assert.Equal(plain.HalfBarsAlike, after.HalfBarsAlike);
            Assert.Equal(plain.HalfBarsInARow(1), after.HalfBarsInARow);
            Assert.Equal(plain.HalfBarsInARow(2), after.HalfBarsABarApart);
        }
    });

    [Fact]
    public void Notes_equal_those_worked_out_anew() => ForEachStep((melody, events, bar) =>
    {
        melody.Append(events[melody.Count]);
        Attack[] attacks = [.. Enumerable.Range(0, melody.Count).Where(step => events[step].StartsNote).Select(step => new Attack(step, events[step].Pitch))];
        Assert.Equal(attacks, melody.Notes.Attacks.ToArray());
        int[] lengths = [.. attacks.Zip(attacks.Skip(1), (from, to) => Math.Min(16, to.Step - from.Step))];
        int[] motions = [.. attacks.Zip(attacks.Skip(1), (from, to) => Math.Min(13, (to.Pitch - from.Pitch).Size))];
        Assert.Equal(Enumerable.Range(0, 17).Select(length => lengths.Count(each => each == length)), melody.Notes.Lengths.ToArray());
        Assert.Equal(Enumerable.Range(0, 14).Select(size => motions.Count(each => each == size)), melody.Notes.Motions.ToArray());
        int strongest = attacks.Length == 0
            ? TimeSignature.BarLine
            : Enumerable.Range(attacks[^1].Step, melody.Count - attacks[^1].Step).Max(melody.StrengthOf);
        Assert.Equal(strongest, melody.Notes.StrongestSinceAttack);
    });

    /// <summary>With one MelodySoFar for several melodies, so that starting anew is tested too.</summary>
    private static void ForEachStep(Action<MelodySoFar, MelodyEvent[], int> append)
    {
        RandomSource random = new(12, "bars");
        for (int i = 0; i < 60; i++)
        {
            MelodyEncoding encoding = RandomMelody.Encodings[random.Next(RandomMelody.Encodings.Length)];
            MelodySoFar melody = new(encoding, random.Next(40), RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)]);
            for (int again = 0; again < 5; again++)
            {
                MelodyEvent[] events = RandomMelody.Of(1 + random.Next(90), encoding, melody.StepsPerBar, random);
                melody.Start(MelodyEvent.Hold);
                foreach (MelodyEvent _ in events)
                {
                    append(melody, events, melody.StepsPerBar);
                }
            }
        }
    }

    /// <summary>The last bar of some events by the definitions.</summary>
    private sealed class PlainBar(MelodyEvent[] events, int bar)
    {
        private readonly int _half = (bar + 1) / 2;

        private int Start => (events.Length - 1) / bar * bar;

        public int Steps => events.Length - Start;

        public int[] Attacks => AttacksOf(Start, events.Length);

        public int SilentSteps => Enumerable.Range(Start, Steps).Count(step => !Sounds(step));

        public int MotifAttacks => EarlierBars.Select(Shared).DefaultIfEmpty().Max();

        public bool MotifMoves => Moves(Start).Take(MotifAttacks).Any(move => move.Motion != 0);

        public bool RhythmReturns => FirstHalf(Start) is { Length: > 0 } now && EarlierBars.Any(earlier => FirstHalf(earlier).SequenceEqual(now));

        public bool RhythmVaries => FirstHalf(Start).Append(_half).ToArray() is { Length: > 2 } onsets
            && onsets.Zip(onsets.Skip(1), (from, to) => to - from).Distinct().Count() > 1;

        public int HalfBarsAlike => Halves is [.. var earlier, var last] && last.Length > 0 ? earlier.Count(half => half == last) : 0;

        private IEnumerable<int> EarlierBars => Enumerable.Range(0, Start / bar).Select(index => index * bar);

        /// <summary>Every half bar that is over, as text; empty where it has no attack.</summary>
        private string[] Halves => [.. Enumerable.Range(0, events.Length)
            .Where(step => step % bar == 0 || step % bar == _half)
            .Select(start => (start, end: start % bar == 0 ? start + _half : start - (start % bar) + bar))
            .Where(half => half.end <= events.Length && half.end > half.start)
            .Select(half => events[half.start..half.end].Any(e => e.StartsNote) ? $"{half.end - half.start}: {string.Join(' ', events[half.start..half.end])}" : "")];

        public int HalfBarsInARow(int apart)
        {
            string[] halves = Halves;
            int row = 0;
            while (halves.Length - 1 - row - apart >= 0 && halves[^(1 + row)].Length > 0 && halves[^(1 + row)] == halves[^(1 + row + apart)])
            {
                row++;
            }

            return row;
        }

        private int Shared(int earlier) => Moves(earlier).Zip(Moves(Start)).TakeWhile(pair => pair.First == pair.Second).Count();

        private IEnumerable<(int Step, int Motion)> Moves(int start)
        {
            int[] attacks = AttacksOf(start, Math.Min(start + bar, events.Length));
            return attacks.Select((step, i) => (step - start, i == 0 ? 0 : (events[step].Pitch - events[attacks[i - 1]].Pitch).Steps));
        }

        private int[] FirstHalf(int start) => [.. AttacksOf(start, Math.Min(start + _half, events.Length)).Select(step => step - start)];

        private int[] AttacksOf(int start, int end) => [.. Enumerable.Range(start, end - start).Where(step => events[step].StartsNote)];

        private bool Sounds(int step)
        {
            int change = Array.FindLastIndex(events, step, e => !e.IsHold);
            return change >= 0 && events[change].StartsNote;
        }
    }
}
