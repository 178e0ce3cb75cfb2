using System.Buffers.Binary;

namespace RLTuner.TensorFlow.Tables;

/// <summary>One key and its value.</summary>
internal readonly record struct TableEntry(byte[] Key, ReadOnlyMemory<byte> Value);

/// <summary>
/// A decompressed block: entries whose keys leave out what they share with the key before, then the restart points
/// (offsets where nothing is left out) and their count. Read front to back, so restart points only mark the end.
/// </summary>
internal static class TableBlock
{
    private const int LongestKey = 16 * 1024;

    // Shared prefixes let a few bytes stand for a long key; this keeps the work linear in the file's size.
    private const int LargestKeyGain = 64;

    /// <summary>The entries in order.</summary>
    /// <exception cref="CheckpointFormatException">While enumerating: the block is damaged or its keys do not rise.</exception>
    public static IEnumerable<TableEntry> Entries(ByteSource source, ReadOnlyMemory<byte> block)
    {
        int end = EntriesEnd(source, block.Span);
        int position = 0;
        long keyBytes = 0;
        byte[]? previous = null;
        while (position < end)
        {
            TableEntry entry = Next(source, block[..end], previous ?? [], ref position);
            keyBytes += entry.Key.Length;
            if (keyBytes > ((long)LargestKeyGain * block.Length) + LongestKey)
            {
                throw Damaged(source, "keys that are in proportion to the block", $"{keyBytes} bytes of keys in {block.Length}");
            }

            if (previous is not null && previous.AsSpan().SequenceCompareTo(entry.Key) >= 0)
            {
                throw Damaged(source, "keys in rising order", "one that is not above the key before");
            }

            previous = entry.Key;
            yield return entry;
        }
    }

    private static int EntriesEnd(ByteSource source, ReadOnlySpan<byte> block)
    {
        if (block.Length >= sizeof(uint))
        {
            uint restarts = BinaryPrimitives.ReadUInt32LittleEndian(block[^sizeof(uint)..]);
            long end = block.Length - (sizeof(uint) * (restarts + 1L));
            if (end >= 0)
            {
                return (int)end;
            }
        }

        throw Damaged(source, "a list of restart points at the end", $"a block of {block.Length} bytes without room for it");
    }

    private static TableEntry Next(ByteSource source, ReadOnlyMemory<byte> entries, ReadOnlySpan<byte> previous, ref int position)
    {
        ReadOnlySpan<byte> rest = entries.Span[position..];
        VarintReader reader = new(rest);
        if (!(reader.TryReadLength(out int shared) && reader.TryReadLength(out int own) && reader.TryReadLength(out int valueLength)))
        {
            throw Damaged(source, "the three lengths of an entry", "one cut off");
        }

        int start = reader.Position;
        if (shared > previous.Length || (long)shared + own > LongestKey || (long)start + own + valueLength > rest.Length)
        {
            throw Damaged(
                source, "an entry within its block", $"lengths {shared}, {own} and {valueLength} at {position} of {entries.Length}");
        }

        byte[] key = [.. previous[..shared], .. rest.Slice(start, own)];
        ReadOnlyMemory<byte> value = entries.Slice(position + start + own, valueLength);
        position += start + own + valueLength;
        return new TableEntry(key, value);
    }

    private static CheckpointFormatException Damaged(ByteSource source, string expected, string found) =>
        source.Error($"a table block: expected {expected}, found {found}. The file is damaged");
}
