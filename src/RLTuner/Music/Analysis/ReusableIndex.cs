namespace RLTuner.Music.Analysis;

/// <summary>A hash table from whole numbers to whole numbers that is emptied in O(1) and then reuses its memory.</summary>
internal sealed class ReusableIndex
{
    private Entry[] _entries;
    private int _shift;
    private int _count;
    private int _generation = 1;

    public ReusableIndex(int capacity)
    {
        int bits = 4;
        while (1L << bits < 2L * capacity && bits < 30)
        {
            bits++;
        }

        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
    }

    public void Clear()
    {
        _count = 0;
        if (++_generation == int.MaxValue)
        {
            Array.Clear(_entries);
            _generation = 1;
        }
    }

    public bool TryGet(ulong key, out int value)
    {
        ref Entry entry = ref _entries[SlotOf(key)];
        value = entry.Value;
        return entry.Generation == _generation;
    }

    public void Set(ulong key, int value)
    {
        if (2 * (_count + 1) > _entries.Length)
        {
            Grow();
        }

        ref Entry entry = ref _entries[SlotOf(key)];
        _count += entry.Generation == _generation ? 0 : 1;
        entry = new Entry { Key = key, Value = value, Generation = _generation };
    }

    /// <summary>The key's slot, or the free one where it belongs (linear probing; at most half of the slots are taken).</summary>
    private int SlotOf(ulong key)
    {
        int slot = (int)((key * 0x9E3779B97F4A7C15) >> _shift);
        while (_entries[slot].Generation == _generation && _entries[slot].Key != key)
        {
            slot = (slot + 1) & (_entries.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 2];
        _shift--;
        foreach (Entry entry in old)
        {
            if (entry.Generation == _generation)
            {
                _entries[SlotOf(entry.Key)] = entry;
            }
        }
    }

    private struct Entry
    {
        public ulong Key;
        public int Value;
        public int Generation;
    }
}
