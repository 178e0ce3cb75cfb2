using Google.Protobuf;

namespace RLTuner.TensorFlow.Records;

/// <summary>One record of a TFRecord file: bytes, and where they were found.</summary>
/// <param name="FileName">The file.</param>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Position">The byte at which it starts; of a compressed file, in what it unpacks to.</param>
/// <param name="Data">Its content.</param>
public readonly record struct TFRecord(string FileName, long Number, long Position, ReadOnlyMemory<byte> Data)
{
    /// <summary>The file and the number, as reports name it.</summary>
    internal string Name => $"{FileName}, record {Number}";

    internal TFRecordFormatException Error(string problem, Exception? inner = null) => new(FileName, Number, Position, problem, inner);

    /// <summary>The content as a message, or null where it is none of that kind.</summary>
    internal T? TryParse<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.WithDiscardUnknownFields(true).ParseFrom(Data.Span);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
