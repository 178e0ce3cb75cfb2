using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;

namespace RLTuner.Tests.Scores.Writing;

/// <summary>Melodies to be written: every key, several metres, ties, rests, accidentals.</summary>
internal static class WrittenMelodies
{
    public static readonly TimeSignature[] Metres = [new(4, 4), new(3, 4), new(6, 8), new(2, 4), new(9, 8), new(12, 8), new(5, 4), new(2, 2), new(7, 8), new(3, 8)];

    public static readonly Key[] Keys =
    [
        .. Enumerable.Range(0, 12).SelectMany(tonic => new[] { new Key(tonic, Mode.Major), new Key(tonic, Mode.Minor) }), Key.Parse("D dorian"), Key.Parse("A harmonic-minor"),
    ];

    /// <summary>Tune-like: mostly steps and thirds of the key, mostly on the eighth grid, with some chromatic notes, rests, and notes that are tied over beats and bars.</summary>
    public static Melody Of(RandomSource random, Key key, TimeSignature metre, int bars)
    {
        int length = bars * metre.StepsPerBar();
        int[] lengths = [1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 7, 8, 10];
        List<MelodyEvent> events = [];
        int pitch = 60 + key.Tonic;
        while (events.Count < length)
        {
            int steps = Math.Min(lengths[random.Next(lengths.Length)], length - events.Count);
            int kind = random.Next(12);
            if (kind == 0)
            {
                events.Add(MelodyEvent.NoteOff);
            }
            else
            {
                int wanted = Math.Clamp(pitch + random.Next(9) - 4, 50, 84);
                pitch = kind <= 2 || key.Contains(new Pitch(wanted)) ? wanted : wanted + 1;
                events.Add(MelodyEvent.NoteOn(new Pitch(pitch)));
            }

            events.AddRange(Enumerable.Repeat(MelodyEvent.Hold, steps - 1));
        }

        return new Melody([.. events]);
    }

    /// <summary>The notes of a score in sixteenths, by time.</summary>
    public static MelodyNote[] NotesOf(Score score)
    {
        double step = score.Tempos.TicksPerQuarter!.Value / (double)Melody.StepsPerQuarter;
        return
        [
            .. score.Notes.Select(note => new MelodyNote(note.Pitch, (int)Math.Round(note.Start / step), (int)Math.Round((note.End - note.Start) / step)))
                .OrderBy(note => note.Start),
        ];
    }
}
