using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Tests;

/// <summary>Melodies for properties that must hold for all of them.</summary>
internal static class RandomMelody
{
    public static readonly MelodyEncoding[] Encodings =
    [
        MelodyEncoding.Default, new MelodyEncoding(new Pitch(60), 29), new MelodyEncoding(new Pitch(0), 130), new MelodyEncoding(new Pitch(72), 4),
    ];

    public static readonly TimeSignature[] Metres = [TimeSignature.CommonTime, new(3, 4), new(6, 8), new(1, 8), new(5, 4)];

    /// <summary>Dense or sparse, over two pitches or many, with bars that come again.</summary>
    public static MelodyEvent[] Of(int length, MelodyEncoding encoding, int stepsPerBar, RandomSource random)
    {
        int pitches = 1 + random.Next(Math.Min(8, encoding.ClassCount - 2));
        int lowest = random.Next(encoding.ClassCount - 2 - pitches + 1);
        double attacks = random.NextDouble();
        double copies = random.Next(3) * .3;
        MelodyEvent[] events = new MelodyEvent[length];
        for (int step = 0; step < length; step++)
        {
            bool copy = step >= stepsPerBar && random.NextDouble() < copies;
            double kind = random.NextDouble();
            events[step] = copy ? events[step - stepsPerBar]
                : kind < attacks ? MelodyEvent.NoteOn(encoding.Lowest + new Interval(lowest + random.Next(pitches)))
                : random.Next(2) == 0 ? MelodyEvent.Hold
                : MelodyEvent.NoteOff;
        }

        return events;
    }

    /// <summary>Any events in any order, pitches from <paramref name="lowest"/> to <paramref name="highest"/>.</summary>
    public static Melody Any(RandomSource random, int lowest = 0, int highest = 127, int maxLength = 100)
    {
        MelodyEvent[] events = new MelodyEvent[random.Next(maxLength + 1)];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = random.Next(5) switch
            {
                0 => MelodyEvent.NoteOff,
                1 or 2 => MelodyEvent.Hold,
                _ => MelodyEvent.NoteOn(new Pitch(lowest + random.Next(highest - lowest + 1))),
            };
        }

        return new Melody([.. events], random.Next(2) == 0 ? null : random.Next(200));
    }

    /// <summary>
    /// A melody as an extractor makes them: starts with a note within the first bar, ends sounding, no silence of a bar, no note off
    /// in silence.
    /// </summary>
    public static Melody AsExtracted(RandomSource random, int stepsPerBar)
    {
        List<MelodyEvent> events = [.. Enumerable.Repeat(MelodyEvent.Hold, random.Next(stepsPerBar))];
        int notes = 1 + random.Next(40);
        for (int note = 0; note < notes; note++)
        {
            events.Add(MelodyEvent.NoteOn(new Pitch(random.Next(128))));
            events.AddRange(Enumerable.Repeat(MelodyEvent.Hold, random.Next(8)));
            if (note < notes - 1 && random.Next(3) == 0)
            {
                events.Add(MelodyEvent.NoteOff);
                events.AddRange(Enumerable.Repeat(MelodyEvent.Hold, random.Next(stepsPerBar - 1)));
            }
        }

        return new Melody([.. events]);
    }
}
