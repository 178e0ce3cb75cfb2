namespace RLTuner.TensorFlow.Tables;

/// <summary>Reads LEB128 varints from a span; false where one is cut off or too long.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public bool TryRead(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && Position < _bytes.Length; shift += 7)
        {
            byte part = _bytes[Position++];
            if (shift == 63 && part > 1)
            {
                return false;
            }

            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A varint that must lie within 0 to <see cref="int.MaxValue"/>.</summary>
    public bool TryReadLength(out int value)
    {
        bool read = TryRead(out ulong wide) && wide <= int.MaxValue;
        value = read ? (int)wide : 0;
        return read;
    }
}
