using System.Buffers.Binary;
using System.Numerics;

namespace RLTuner.TensorFlow.Tables;

/// <summary>CRC-32C, and the masked form in which tables and bundles store it.</summary>
internal static class Checksum
{
    private const uint MaskDelta = 0xa282ead8;

    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>The stored form: rotated and shifted, so that a checksum over bytes holding checksums stays sound.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => unchecked(BitOperations.RotateRight(Crc32C(bytes), 15) + MaskDelta);
}
