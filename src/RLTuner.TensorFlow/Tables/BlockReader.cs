using System.Buffers.Binary;
using Snappier;

namespace RLTuner.TensorFlow.Tables;

/// <summary>Brings in a block: checks its checksum and undoes its compression.</summary>
internal static class BlockReader
{
    private const byte Plain = 0;
    private const byte SnappyCompressed = 1;

    // A Snappy copy yields at most 64 bytes from 3, so a longer declared length is a lie.
    private const int LargestSnappyGain = 22;

    /// <summary>Reads the block at a handle.</summary>
    /// <exception cref="CheckpointFormatException">It lies outside the file, fails its checksum or cannot be decompressed.</exception>
    public static byte[] Read(ByteSource source, BlockHandle handle)
    {
        if (handle.Size > Array.MaxLength - BlockHandle.TrailerSize)
        {
            throw source.Error($"expected table blocks below 2 GB, found one of {handle.Size} bytes at {handle.Offset}. "
                + "The file is damaged");
        }

        byte[] stored = source.Read(handle.Offset, handle.Size + BlockHandle.TrailerSize, "a table block");
        int size = (int)handle.Size;
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(size + 1));
        uint found = Checksum.Masked(stored.AsSpan(0, size + 1));
        if (found != expected)
        {
            throw source.Error($"the table block at {handle.Offset}: expected checksum {expected:x8}, found {found:x8}. "
                + "The file is damaged; copy it again");
        }

        return stored[size] switch
        {
            Plain => stored[..size],
            SnappyCompressed => Decompressed(source, handle, stored.AsSpan(0, size)),
            byte other => throw source.Error($"the table block at {handle.Offset}: expected compression 0 (none) or 1 (Snappy), "
                + $"found {other}"),
        };
    }

    private static byte[] Decompressed(ByteSource source, BlockHandle handle, ReadOnlySpan<byte> compressed)
    {
        VarintReader header = new(compressed);
        if (!header.TryReadLength(out int length) || length > (long)LargestSnappyGain * compressed.Length)
        {
            throw source.Error($"the table block at {handle.Offset}: expected Snappy data, found an impossible length. "
                + "The file is damaged");
        }

        try
        {
            return Snappy.DecompressToArray(compressed);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw source.Error($"the table block at {handle.Offset}: its Snappy data cannot be decompressed. The file is damaged", e);
        }
    }
}
