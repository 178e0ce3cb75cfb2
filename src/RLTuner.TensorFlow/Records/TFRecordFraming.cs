using System.Buffers.Binary;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Records;

/// <summary>What stands around a record: its length (8 bytes), the length's checksum (4), the data, the data's checksum (4), little-endian.</summary>
internal static class TFRecordFraming
{
    public const int HeaderSize = sizeof(ulong) + sizeof(uint);
    public const int FooterSize = sizeof(uint);

    /// <summary>Whether the bytes start with a length and its right checksum.</summary>
    public static bool StartsRecord(ReadOnlySpan<byte> header) =>
        header.Length >= HeaderSize
        && BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]) == Checksum.Masked(header[..sizeof(ulong)]);

    public static ulong Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt64LittleEndian(header);

    public static bool IsRight(ReadOnlySpan<byte> footer, ReadOnlySpan<byte> data) =>
        BinaryPrimitives.ReadUInt32LittleEndian(footer) == Checksum.Masked(data);

    public static void Write(Stream stream, ReadOnlySpan<byte> data)
    {
        Span<byte> frame = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(ulong)..], Checksum.Masked(frame[..sizeof(ulong)]));
        stream.Write(frame);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Checksum.Masked(data));
        stream.Write(frame[..FooterSize]);
    }
}
