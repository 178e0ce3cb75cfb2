using System.Text;

namespace RLTuner.Scores.Midi;

/// <summary>
/// Reads Standard MIDI Files of formats 0, 1 and 2. Unknown chunks and whatever follows the last track are skipped; the tracks of a
/// format 2 file are read as if they sounded together. Time and memory are bounded by the file's size, whatever lengths it declares.
/// </summary>
public static class MidiReader
{
    /// <summary>The largest file that is read: 16 MiB, some hundred times the largest piece.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="MidiFormatException">It is no MIDI file, damaged or larger than <see cref="MaxFileBytes"/>.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    public static Score Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The file's bytes from here on; the caller closes it.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="MidiFormatException">It is no MIDI file, damaged or larger than <see cref="MaxFileBytes"/>.</exception>
    public static Score Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream bytes = new();
        byte[] block = new byte[65536];
        for (int count = stream.Read(block); count > 0; count = stream.Read(block))
        {
            bytes.Write(block, 0, count);
            if (bytes.Length > MaxFileBytes)
            {
                throw TooLarge(name);
            }
        }

        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All of its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="MidiFormatException">It is no MIDI file, damaged or larger than <see cref="MaxFileBytes"/>.</exception>
    public static Score Read(ReadOnlySpan<byte> file, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (file.Length > MaxFileBytes)
        {
            throw TooLarge(name);
        }

        MidiCursor cursor = new(file, 0, file.Length, name);
        MidiHeader header = MidiHeader.Read(ref cursor);
        MidiScoreBuilder builder = new();
        int tracks = 0;
        while (tracks < header.TrackCount)
        {
            if (cursor.Remaining < 8)
            {
                throw cursor.Error($"expected {header.TrackCount} tracks, found {tracks} (is the file cut short?)");
            }

            bool isTrack = cursor.Bytes(4, "a chunk's name").SequenceEqual("MTrk"u8);
            uint length = cursor.UInt32("a chunk's length");
            if (length > cursor.Remaining)
            {
                throw cursor.Error($"expected a chunk of {length} bytes, found {cursor.Remaining} (is the file cut short?)");
            }

            MidiCursor chunk = cursor.Slice((int)length, "a chunk");
            if (isTrack)
            {
                MidiTrackReader.Read(ref chunk, builder, tracks++);
            }
        }

        return builder.Build(name, header);
    }

    /// <summary>Text of a file is UTF-8 by custom and Latin-1 by the letter of the standard's age.</summary>
    internal static string DecodeText(ReadOnlySpan<byte> text)
    {
        string decoded = Encoding.UTF8.GetString(text);
        return decoded.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.Latin1.GetString(text) : decoded;
    }

    private static MidiFormatException TooLarge(string name) =>
        new(name, MaxFileBytes, $"expected a file of at most {MaxFileBytes} bytes, found a larger one (split it first)");
}
