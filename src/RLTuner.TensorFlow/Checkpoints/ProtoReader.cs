using Google.Protobuf;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>Parses protocol buffer messages, which refuse to nest deeply or to hold more than their bytes.</summary>
internal static class ProtoReader
{
    // Metadata are small; a message of two bytes can cost a hundred in memory.
    public const int LargestMetadata = 64 << 20;

    public static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes, ByteSource source, string what)
        where T : IMessage<T>
    {
        try
        {
            return parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or OverflowException)
        {
            throw source.Error($"expected {what}, found something else. The file is damaged or of another kind; take another copy of it", e);
        }
    }

    public static T ParseMetadata<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes, ByteSource source, string what)
        where T : IMessage<T> =>
        bytes.Length <= LargestMetadata
            ? Parse(parser, bytes, source, what)
            : throw source.Error($"expected {what} of at most {LargestMetadata} bytes, found {bytes.Length}");
}
