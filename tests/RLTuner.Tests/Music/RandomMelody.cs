using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Tests.Music;

/// <summary>Random melodies of many kinds: dense and sparse, over two pitches and over all, with bars that come again.</summary>
internal static class RandomMelody
{
    public static readonly MelodyEncoding[] Encodings =
    [
        MelodyEncoding.Default, new MelodyEncoding(new Pitch(60), 29), new MelodyEncoding(new Pitch(0), 130), new MelodyEncoding(new Pitch(72), 4),
    ];

    public static readonly TimeSignature[] Metres = [TimeSignature.CommonTime, new(3, 4), new(6, 8), new(1, 8), new(5, 4)];

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
}
