using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Numerics;

namespace RLTuner.Tests.Music.Analysis;

/// <summary>The facts kept step by step are those worked out anew.</summary>
public sealed class MelodySoFarTests
{
    private const int Melodies = 2000;

    [Fact]
    public void Facts_about_what_is_heard_equal_those_worked_out_anew() => ForEachStep((melody, events) =>
    {
        PlainFacts plain = new(events, melody.Count, melody.StepsPerBar);
        AttackHistory attacks = melody.Attacks;
        Assert.Equal(plain.Attacks.Length, attacks.Count);
        Assert.Equal(plain.StepsWithoutAttack, attacks.StepsWithoutAttack);
        Assert.Equal(plain.IsSounding, attacks.IsSounding);
        Assert.Equal(plain.RunIsBroken, attacks.RunIsBroken);
        Assert.Equal(plain.LeapDirection, melody.Leap.Direction);
        Assert.Equal(plain.LatestResolution, melody.Leap.LatestResolution);
        Assert.Equal(plain.PitchesInBar.Length, melody.Bar.Pitches.Count);
        Assert.All(plain.PitchesInBar, pitch => Assert.True(melody.Bar.Pitches.Contains(pitch)));
        Assert.Equal(melody.Count % melody.StepsPerBar, melody.Bar.StepInBar);
        Assert.Equal(plain.WouldRepeat(events[melody.Count]), melody.Bar.WouldRepeat(events[melody.Count]));
        if (plain.Attacks.Length > 0)
        {
            int[] pitches = [.. plain.Attacks.Select(attack => attack.Pitch)];
            Assert.Equal(pitches[0], attacks.First.MidiNumber);
            Assert.Equal(pitches[^1], attacks.Latest.MidiNumber);
            Assert.Equal(plain.LatestOther, attacks.HasLatestOther ? attacks.LatestOther.MidiNumber : null);
            Assert.Equal(plain.RunLength, attacks.RunLength);
            AssertExtremes(pitches, melody.Extremes);
            AssertAutocorrelation(pitches, melody.PitchAutocorrelation);
        }
    });

    [Fact]
    public void Facts_in_the_originals_reading_equal_those_worked_out_anew() => ForEachStep((melody, events) =>
    {
        int[] history = [.. events[..melody.Count].Select(melody.Encoding.ClassOf)];
        int next = melody.Encoding.ClassOf(events[melody.Count]);
        PlainMagentaReading plain = new(history);
        Assert.Equal(plain.LatestNote, melody.Magenta.LatestNote);
        Assert.Equal(plain.IsExcessive(next), melody.Magenta.IsExcessive(next));
        Assert.Equal(plain.DistinctNotesInMotif(next), melody.Magenta.DistinctNotesInMotif(next));
        Assert.Equal(plain.MotifCameBefore(next), melody.Magenta.MotifCameBefore(next));
        if (history.Length > 0)
        {
            AssertExtremes(history, melody.Magenta.Classes);
            AssertAutocorrelation(history, melody.Magenta.Autocorrelation);
        }
    });

    [Fact]
    public void An_event_outside_the_encoding_is_refused()
    {
        MelodySoFar melody = new(MelodyEncoding.Default, 32, TimeSignature.CommonTime);
        ArgumentException error = Assert.Throws<ArgumentException>(() => melody.Append(MelodyEvent.NoteOn(new Pitch(84))));
        Assert.Contains("38 classes, C3 to B5", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, melody.Count);
    }

    private static void AssertExtremes(int[] values, PitchExtremes extremes)
    {
        Assert.Equal(values.Max(), extremes.Highest);
        Assert.Equal(values.Min(), extremes.Lowest);
        Assert.Equal(values.Count(value => value == values.Max()), extremes.HighestCount);
        Assert.Equal(values.Count(value => value == values.Min()), extremes.LowestCount);
    }

    private static void AssertAutocorrelation(int[] values, Autocorrelation autocorrelation)
    {
        for (int lag = 1; lag <= Autocorrelation.MaxLag; lag++)
        {
            double expected = PlainFacts.Autocorrelation(values, lag);
            double found = autocorrelation.At(lag).Value;
            Assert.True(Math.Abs(expected - found) < 1e-9 || (double.IsNaN(expected) && double.IsNaN(found)), $"lag {lag}: {expected}, {found}");
        }
    }

    /// <summary>Compares at each step, with one MelodySoFar for several melodies so that starting anew is tested too.</summary>
    private static void ForEachStep(Action<MelodySoFar, MelodyEvent[]> compare)
    {
        RandomSource random = new(7, "facts");
        for (int i = 0; i < Melodies / 5; i++)
        {
            MelodyEncoding encoding = RandomMelody.Encodings[random.Next(RandomMelody.Encodings.Length)];
            MelodySoFar melody = new(encoding, random.Next(40), RandomMelody.Metres[random.Next(RandomMelody.Metres.Length)]);
            for (int again = 0; again < 5; again++)
            {
                int length = 1 + random.Next(again == 0 && i % 50 == 0 ? 300 : 50);
                MelodyEvent[] events = RandomMelody.Of(length, encoding, melody.StepsPerBar, random);
                melody.Start(MelodyEvent.NoteOff);
                Assert.Equal(MelodyEvent.NoteOff, melody.Previous);
                foreach (MelodyEvent next in events)
                {
                    compare(melody, events);
                    melody.Append(next);
                }

                Assert.Equal(events, melody.Events.ToArray());
            }
        }
    }
}
