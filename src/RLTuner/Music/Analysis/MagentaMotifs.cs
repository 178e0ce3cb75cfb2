namespace RLTuner.Music.Analysis;

/// <summary>The original's motifs: the last eight classes, and whether the same eight came before without overlap.</summary>
/// <remarks>Eight classes fill a 64-bit word, a byte each, so that looking a motif up is exact.</remarks>
internal sealed class MagentaMotifs(int plannedLength)
{
    public const int Length = 8;

    private readonly ReusableIndex _earlier = new(plannedLength);

    /// <summary>The words at the last eight steps, by step modulo 8.</summary>
    private readonly ulong[] _words = new ulong[Length];

    private ulong _word;
    private int _count;

    public void Clear()
    {
        _earlier.Clear();
        _word = 0;
        _count = 0;
    }

    /// <summary>Different notes among the last seven classes and the next; 0 where there are fewer than eight.</summary>
    public int DistinctWith(int next)
    {
        if (_count < Length - 1)
        {
            return 0;
        }

        PitchSet notes = default;
        for (ulong word = WordWith(next), i = 0; i < Length; i++, word >>= 8)
        {
            int entry = (byte)word;
            notes = entry >= MelodyEncoding.FirstPitchClass ? notes.With(entry - MelodyEncoding.FirstPitchClass) : notes;
        }

        return notes.Count;
    }

    /// <summary>Whether the last seven classes and the next came as a run before the last seven.</summary>
    public bool CameBefore(int next) => _count >= Length - 1 && _earlier.TryGet(WordWith(next), out _);

    public void Append(int next)
    {
        _word = WordWith(next);
        _words[_count % Length] = _word;
        _count++;

        // The run that ends seven steps back now lies wholly before the next motif.
        int end = _count - (Length - 1);
        if (end >= Length)
        {
            _earlier.Set(_words[(end - 1) % Length], end);
        }
    }

    private ulong WordWith(int next) => (_word << 8) | (byte)next;
}
