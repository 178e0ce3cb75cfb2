using System.Collections.Immutable;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Evaluation.RuleTesting;

/// <summary>Melodies that keep much of a real one, but not the music: what rules should tell from it.</summary>
public static class SpoiledMelodies
{
    /// <summary>The same rhythm; its pitches in random order.</summary>
    public static Melody ShufflePitches(Melody melody, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(melody);
        ArgumentNullException.ThrowIfNull(random);
        MelodyEvent[] events = [.. melody.Events];
        int[] attacks = [.. Attacks(melody)];
        MelodyEvent[] notes = [.. attacks.Select(step => events[step])];
        Shuffle(notes, random);
        for (int i = 0; i < attacks.Length; i++)
        {
            events[attacks[i]] = notes[i];
        }

        return new Melody([.. events], melody.PlannedLength);
    }

    /// <summary>The same pitches in the same order; their lengths, rests included, in random order.</summary>
    public static Melody ShuffleRhythm(Melody melody, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(melody);
        ArgumentNullException.ThrowIfNull(random);
        int[] attacks = [.. Attacks(melody)];
        if (attacks.Length == 0)
        {
            return melody;
        }

        MelodyEvent[][] tails =
            [.. attacks.Select((step, i) => melody.Events[(step + 1)..(i + 1 < attacks.Length ? attacks[i + 1] : melody.Events.Length)].ToArray())];
        Shuffle(tails, random);
        return new Melody(
            [.. melody.Events[..attacks[0]], .. attacks.Zip(tails, (step, tail) => tail.Prepend(melody.Events[step])).SelectMany(note => note)],
            melody.PlannedLength);
    }

    /// <summary>The first bar again and again.</summary>
    public static Melody LoopFirstBar(Melody melody, int stepsPerBar)
    {
        ArgumentNullException.ThrowIfNull(melody);
        return new Melody([.. melody.Events.Select((_, step) => melody.Events[step % stepsPerBar])], melody.PlannedLength);
    }

    /// <summary>The tonic triad up and up again in steady eighths, from a tonic near the middle of the encoding where it has one.</summary>
    public static Melody SteadyArpeggio(Key key, MelodyEncoding encoding, int length)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(encoding);
        int middle = (encoding.Lowest.MidiNumber + encoding.Highest.MidiNumber) / 2;
        Pitch[] pitches = [.. Enumerable.Range(encoding.Lowest.MidiNumber, encoding.ClassCount - MelodyEncoding.FirstPitchClass).Select(number => new Pitch(number))];
        Pitch lowest = pitches.Where(key.IsTonic).OrderBy(tonic => Math.Abs(tonic.MidiNumber + 3 - middle)).FirstOrDefault(pitches[0]);
        Pitch[] triad = [.. pitches.Where(pitch => pitch >= lowest && key.IsInTonicTriad(pitch)).Take(3)];
        triad = triad.Length > 0 ? triad : [lowest];
        const int Eighth = Melody.StepsPerQuarter / 2;
        return new Melody(
            [.. Enumerable.Range(0, length).Select(step => step % Eighth == 0 ? MelodyEvent.NoteOn(triad[step / Eighth % triad.Length]) : MelodyEvent.Hold)]);
    }

    private static IEnumerable<int> Attacks(Melody melody) => Enumerable.Range(0, melody.Events.Length).Where(step => melody.Events[step].StartsNote);

    /// <summary>Fisher and Yates.</summary>
    private static void Shuffle<T>(T[] items, RandomSource random)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = random.Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
