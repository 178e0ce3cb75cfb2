namespace RLTuner.TensorFlow.Tables;

/// <summary>Where a block's contents lie in the file; its trailer follows them.</summary>
internal readonly record struct BlockHandle(long Offset, long Size)
{
    /// <summary>One byte for the compression and four for the checksum.</summary>
    public const int TrailerSize = 5;

    public static bool TryRead(ref VarintReader reader, out BlockHandle handle)
    {
        bool read = reader.TryRead(out ulong offset) & reader.TryRead(out ulong size) && offset <= long.MaxValue && size <= long.MaxValue;
        handle = read ? new BlockHandle((long)offset, (long)size) : default;
        return read;
    }
}
