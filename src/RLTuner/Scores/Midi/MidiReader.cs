using System.Text;
using RLTuner.Files;

namespace RLTuner.Scores.Midi;

/// <summary>
/// Reads Standard MIDI Files of formats 0, 1 and 2, alone or in an RMID file. Unknown chunks and whatever follows the last track are skipped;
/// the tracks of a format 2 file are read as if they sounded together. Damage costs what it touches: the rest is read, and
/// <see cref="Score.Remarks"/> says what was passed over. Time and memory are bounded by the file's size, whatever lengths it declares.
/// </summary>
public static class MidiReader
{
    /// <summary>The largest file that is read: 16 MiB, some hundred times the largest piece.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="strict">Whether to refuse what the original refuses, and leave out the notes that it does.</param>
    /// <exception cref="MidiFormatException">It is no MIDI file, damaged and without notes, or larger than <see cref="MaxFileBytes"/>.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    public static Score Read(string path, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        using Stream stream = RegularFile.OpenRead(path);
        return Read(stream, path, strict);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The file's bytes from here on; the caller closes it.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="strict">As for a path.</param>
    /// <exception cref="MidiFormatException">It is no MIDI file, damaged and without notes, or larger than <see cref="MaxFileBytes"/>.</exception>
    public static Score Read(Stream stream, string name, bool strict = false)
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

        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name, strict);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All of its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="strict">As for a path.</param>
    /// <exception cref="MidiFormatException">It is no MIDI file, damaged and without notes, or larger than <see cref="MaxFileBytes"/>.</exception>
    public static Score Read(ReadOnlySpan<byte> file, string name, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (file.Length > MaxFileBytes)
        {
            throw TooLarge(name);
        }

        MidiFaults faults = new(name, strict);
        MidiCursor cursor = new(file, 0, file.Length, name);
        MidiHeader header = MidiHeader.Read(ref cursor, faults);
        MidiScoreBuilder builder = new(strict);
        if (strict)
        {
            MidiTracks.ReadStrictly(cursor, header.TrackCount, builder, faults);
        }
        else
        {
            MidiTracks.Read(cursor, header.TrackCount, builder, faults);
        }

        Score score = builder.Build(name, header, faults);
        return score.Notes.IsEmpty && !score.Remarks.IsEmpty
            ? throw new MidiFormatException(name, file.Length, $"expected notes in spite of damage, found none ({score.Remarks[0]})")
            : score;
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
