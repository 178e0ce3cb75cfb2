using RLTuner.Music;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Training;

/// <summary>Deals melodies into batches.</summary>
internal static class TrainingBatches
{
    /// <summary>Batches whose melodies are drawn from this many at a time, so that lengths in a batch are alike and the order still random.</summary>
    private const int Pool = 16;

    private const int MaxEvents = 1 << 15;

    /// <summary>
    /// A melody up to its last event that is no hold. How long the last note would sound if the melody went on is not known; a net that learned
    /// from its holds would seldom leave a note that sounds like a last one.
    /// </summary>
    public static int[] WithoutLastHolds(int[] melody)
    {
        int end = melody.Length;
        while (end > 0 && melody[end - 1] == MelodyEncoding.HoldClass)
        {
            end--;
        }

        return melody[..end];
    }

    /// <summary>One epoch: every part once, in an order that the random numbers decide.</summary>
    public static IEnumerable<SequenceBatch> Shuffled(IReadOnlyList<MelodyPart> parts, NoteRnnInputs hears, int batchSize, RandomSource random)
    {
        MelodyPart[] order = [.. parts];
        Shuffle(order, random);
        MelodyPart[][] batches = [.. order.Chunk(Pool * batchSize).SelectMany(pool => pool.OrderBy(part => part.Length).Chunk(batchSize))];
        Shuffle(batches, random);
        return batches.Select(batch => new SequenceBatch(batch, hears));
    }

    /// <summary>Batches for judging: by length, in a fixed order, fewer melodies where they are long.</summary>
    public static IEnumerable<SequenceBatch> InOrder(IReadOnlyList<MelodyPart> parts, NoteRnnInputs hears, int batchSize)
    {
        List<MelodyPart> batch = [];
        int events = 0;
        foreach (MelodyPart part in parts.OrderBy(part => part.Length))
        {
            if (batch.Count == batchSize || (batch.Count > 0 && events + part.Length >= MaxEvents))
            {
                yield return new SequenceBatch(batch, hears);
                batch.Clear();
                events = 0;
            }

            batch.Add(part);
            events += part.Length + 1;
        }

        if (batch.Count > 0)
        {
            yield return new SequenceBatch(batch, hears);
        }
    }

    private static void Shuffle<T>(T[] items, RandomSource random)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
