using System.Buffers.Binary;

namespace RLTuner.TensorFlow.Tables;

/// <summary>
/// A read-only sorted table as LevelDB and TensorFlow write them: data blocks, an index block with the place of each, and a
/// footer of two block handles (the first, of a block of metadata, is unused here) padded to 40 bytes, then a magic number.
/// </summary>
internal sealed class SortedTable
{
    public const ulong Magic = 0xdb4775248b80fb57;
    public const int FooterSize = 48;

    private readonly ByteSource _source;
    private readonly List<(byte[] LastKey, BlockHandle Handle)> _blocks = [];

    // The block last searched: many small entries share one.
    private volatile SearchedBlock? _searched;

    /// <summary>Opens a table: reads its footer and index.</summary>
    /// <exception cref="CheckpointFormatException">The file is no table, or is damaged.</exception>
    public SortedTable(ByteSource source)
    {
        _source = source;
        if (source.Length < FooterSize)
        {
            throw source.Error($"expected a sorted table of at least {FooterSize} bytes, found "
                + (source.Foreign() ?? $"{source.Length}. The file is truncated or no checkpoint; take another copy of it"));
        }

        byte[] footer = source.Read(source.Length - FooterSize, FooterSize, "a table footer");
        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(footer.AsSpan(FooterSize - sizeof(ulong)));
        if (magic != Magic)
        {
            throw source.Error($"expected a sorted table ending in {Magic:x16}, found "
                + (source.Foreign() ?? $"{magic:x16}. The file is truncated or no checkpoint; take another copy of it"));
        }

        VarintReader reader = new(footer.AsSpan(0, FooterSize - sizeof(ulong)));
        if (!BlockHandle.TryRead(ref reader, out _) || !BlockHandle.TryRead(ref reader, out BlockHandle index))
        {
            throw source.Error("expected the place of the table's index in its footer, found none. The file is damaged");
        }

        ReadIndex(index);
    }

    /// <summary>Whether a file ends as a table does.</summary>
    public static bool HasMagic(ByteSource source) =>
        source.Length >= FooterSize
        && BinaryPrimitives.ReadUInt64LittleEndian(source.Read(source.Length - sizeof(ulong), sizeof(ulong), "a magic number")) == Magic;

    /// <summary>All entries in order of their keys.</summary>
    public IEnumerable<TableEntry> Entries()
    {
        byte[]? previous = null;
        foreach ((_, BlockHandle handle) in _blocks)
        {
            foreach (TableEntry entry in TableBlock.Entries(_source, BlockReader.Read(_source, handle)))
            {
                if (previous is not null && previous.AsSpan().SequenceCompareTo(entry.Key) >= 0)
                {
                    throw _source.Error("expected table blocks in rising order of keys, found one out of order. The file is damaged");
                }

                previous = entry.Key;
                yield return entry;
            }
        }
    }

    /// <summary>The value of a key, or null where the table has no such key.</summary>
    public ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> key)
    {
        int block = FirstAtLeast(_blocks, entry => entry.LastKey, key);
        if (block == _blocks.Count)
        {
            return null;
        }

        SearchedBlock? searched = _searched;
        if (searched?.Number != block)
        {
            byte[] contents = BlockReader.Read(_source, _blocks[block].Handle);
            searched = new SearchedBlock(block, [.. TableBlock.Entries(_source, contents)]);
            _searched = searched;
        }

        int found = FirstAtLeast(searched.Entries, entry => entry.Key, key);
        bool there = found < searched.Entries.Count && searched.Entries[found].Key.AsSpan().SequenceEqual(key);

        // Not `: null`, which would turn into empty memory.
        return there ? searched.Entries[found].Value : default(ReadOnlyMemory<byte>?);
    }

    private static int FirstAtLeast<T>(List<T> sorted, Func<T, byte[]> keyOf, ReadOnlySpan<byte> key)
    {
        int low = 0;
        int high = sorted.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (keyOf(sorted[middle]).AsSpan().SequenceCompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void ReadIndex(BlockHandle index)
    {
        long end = 0;
        foreach (TableEntry entry in TableBlock.Entries(_source, BlockReader.Read(_source, index)))
        {
            VarintReader reader = new(entry.Value.Span);

            // Blocks that overlap could make a small file cost any amount of work.
            if (!BlockHandle.TryRead(ref reader, out BlockHandle handle) || handle.Offset < end || handle.Size > _source.Length
                || handle.Offset > _source.Length - handle.Size - BlockHandle.TrailerSize)
            {
                throw _source.Error($"the table's index: expected blocks one after another within {_source.Length} bytes, "
                    + "found one outside. The file is truncated or damaged; copy it again");
            }

            end = handle.Offset + handle.Size + BlockHandle.TrailerSize;
            _blocks.Add((entry.Key, handle));
        }
    }

    private sealed record SearchedBlock(int Number, List<TableEntry> Entries);
}
