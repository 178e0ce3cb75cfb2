using RLTuner.Files;

namespace RLTuner.TensorFlow.Records;

/// <summary>Reads one record after another from a stream that says how long it is, or that it does not know (<see cref="long.MaxValue"/>).</summary>
internal sealed class TFRecordReader(Stream stream, string fileName, long length)
{
    private const long MaxUnpackedBytes = 1L << 30;

    private readonly byte[] _header = new byte[TFRecordFraming.HeaderSize];
    private readonly byte[] _footer = new byte[TFRecordFraming.FooterSize];
    private long _position;
    private long _number;

    /// <summary>The next record; null at the end.</summary>
    /// <exception cref="TFRecordFormatException">It is damaged, cut short or too large.</exception>
    public TFRecord? Next()
    {
        TFRecord record = new(fileName, ++_number, _position, default);
        int header = Read(_header, record);
        if (header == 0)
        {
            return null;
        }

        if (header < _header.Length)
        {
            throw CutShort(record, $"a record's header of {_header.Length} bytes", header);
        }

        if (!TFRecordFraming.StartsRecord(_header))
        {
            throw record.Error(record.Number == 1
                ? $"expected a length and its checksum, found {ForeignContent.Describe(_header) ?? "something else (check that it is a TFRecord file)"}"
                : "expected a length and its checksum, found they do not agree. The file is damaged; copy it again");
        }

        ulong size = TFRecordFraming.Length(_header);
        if (size > TFRecordFile.MaxRecordBytes)
        {
            throw record.Error($"expected a record of at most {TFRecordFile.MaxRecordBytes} bytes, found one of {size}");
        }

        long left = length - _position;
        if ((long)size + _footer.Length > left)
        {
            throw CutShort(record, $"a record of {size} bytes and its checksum of {_footer.Length}", left);
        }

        byte[] data = new byte[size];
        int found = Read(data, record);
        found += Read(_footer, record);
        if (found < data.Length + _footer.Length)
        {
            throw CutShort(record, $"a record of {size} bytes and its checksum of {_footer.Length}", found);
        }

        return TFRecordFraming.IsRight(_footer, data)
            ? record with { Data = data }
            : throw record.Error("expected the content to agree with its checksum, found it does not. The file is damaged; copy it again");
    }

    private int Read(byte[] bytes, TFRecord record)
    {
        try
        {
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _position += count;
            return length < long.MaxValue || _position <= MaxUnpackedBytes
                ? count
                : throw record.Error($"expected at most {MaxUnpackedBytes} bytes when unpacked, found more (unpack the file)");
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && length == long.MaxValue))
        {
            // A packed stream that wants a dictionary of its own is no InvalidDataException.
            throw record.Error("expected packed data, found they cannot be unpacked. The file is damaged or cut short; copy it again", e);
        }
    }

    private static TFRecordFormatException CutShort(TFRecord record, string expected, long found) =>
        record.Error($"expected {expected}, found {found} bytes left. The file is cut short; copy it again");
}
