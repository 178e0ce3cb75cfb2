using System.IO.Compression;

namespace RLTuner.TensorFlow.Records;

/// <summary>How a TFRecord file as a whole is packed.</summary>
public enum TFRecordCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As a gzip file.</summary>
    Gzip,

    /// <summary>As a zlib stream.</summary>
    Zlib,
}

/// <summary>Streams of each kind, and which kind a file is.</summary>
internal static class TFRecordPacking
{
    /// <summary>Tells the kind by a file's first bytes; plain where they say nothing, so that the reader says what is wrong with them.</summary>
    public static TFRecordCompression Of(ReadOnlySpan<byte> start) => start switch
    {
        _ when TFRecordFraming.StartsRecord(start) => TFRecordCompression.None,
        [0x1f, 0x8b, ..] => TFRecordCompression.Gzip,

        // Deflate with a window of 32 KiB, and a check that makes the pair a multiple of 31.
        [0x78, byte flags, ..] when ((0x78 << 8) + flags) % 31 == 0 => TFRecordCompression.Zlib,
        _ => TFRecordCompression.None,
    };

    public static Stream Unpacked(Stream packed, TFRecordCompression compression) => compression switch
    {
        TFRecordCompression.Gzip => new GZipStream(packed, CompressionMode.Decompress),
        TFRecordCompression.Zlib => new ZLibStream(packed, CompressionMode.Decompress),
        _ => packed,
    };

    /// <summary>Packs what is written to it into the file; null where nothing packs.</summary>
    public static Stream? Packing(Stream file, TFRecordCompression compression) => compression switch
    {
        TFRecordCompression.Gzip => new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true),
        TFRecordCompression.Zlib => new ZLibStream(file, CompressionLevel.Optimal, leaveOpen: true),
        _ => null,
    };
}
