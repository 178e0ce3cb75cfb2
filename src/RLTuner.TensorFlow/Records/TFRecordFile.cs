using System.Collections.Immutable;
using RLTuner.Files;
using RLTuner.Scores;

namespace RLTuner.TensorFlow.Records;

/// <summary>
/// TFRecord files: records of any bytes, each with checksums of its length and its content. Files packed as a whole by gzip or zlib are
/// told by their first bytes. One record is in memory at a time.
/// </summary>
public static class TFRecordFile
{
    /// <summary>The largest record that is read or written: 16 MiB, the most that a MIDI file may have too.</summary>
    public const int MaxRecordBytes = 16 << 20;

    /// <summary>The endings of their names.</summary>
    internal static ImmutableArray<string> Endings { get; } = [".tfrecord", ".tfrecords"];

    /// <summary>Whether a file is called as TFRecord files are.</summary>
    public static bool IsNamedLikeOne(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads a file, record by record as the result is enumerated. An empty file has no records.</summary>
    /// <exception cref="TFRecordFormatException">On enumeration: a record is damaged, cut short or too large.</exception>
    /// <exception cref="IOException">On enumeration: there is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">On enumeration: it may not be opened, or is a folder.</exception>
    public static IEnumerable<TFRecord> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadFile(path);
    }

    /// <summary>Writes a file, which appears when it is complete.</summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="records">The contents, in order.</param>
    /// <param name="compression">How to pack the file.</param>
    /// <exception cref="ArgumentException">A record is larger than <see cref="MaxRecordBytes"/>.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(
        string path, IEnumerable<ReadOnlyMemory<byte>> records, TFRecordCompression compression = TFRecordCompression.None)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(records);
        AtomicFile.Write(path, file =>
        {
            using Stream? packing = TFRecordPacking.Packing(file, compression);
            foreach (ReadOnlyMemory<byte> record in records)
            {
                if (record.Length > MaxRecordBytes)
                {
                    throw new ArgumentException(
                        $"expected records of at most {MaxRecordBytes} bytes, found one of {record.Length}", nameof(records));
                }

                TFRecordFraming.Write(packing ?? file, record.Span);
            }
        });
    }

    /// <summary>Adds records to the end of a file that is not packed, or starts one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="records">The contents, in order.</param>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    public static void Append(string path, IEnumerable<ReadOnlyMemory<byte>> records)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(records);
        AtomicFile.Append(path, file =>
        {
            foreach (ReadOnlyMemory<byte> record in records)
            {
                TFRecordFraming.Write(file, record.Span);
            }
        });
    }

    private static IEnumerable<TFRecord> ReadFile(string path)
    {
        using Stream file = RegularFile.OpenRead(path);
        byte[] start = new byte[TFRecordFraming.HeaderSize];
        int count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        TFRecordCompression compression = TFRecordPacking.Of(start.AsSpan(0, count));
        using Stream stream = TFRecordPacking.Unpacked(file, compression);

        // How much a packed file holds is unknown; its records are still bounded by the largest one's size.
        TFRecordReader reader = new(stream, path, compression == TFRecordCompression.None ? file.Length : long.MaxValue);
        while (reader.Next() is TFRecord record)
        {
            yield return record;
        }
    }
}
