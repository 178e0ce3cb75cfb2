using System.Net;
using System.Text;
using RLTuner.Files;

namespace RLTuner.Scores.Abc;

/// <summary>
/// Splits a file of ABC notation into its tunes, each from an X: line to the blank line after its music. Text between tunes is skipped, but for
/// tunes that lack the X: line. In a web page marks of HTML are undone. Metre, unit length and tempo of the file's header, before the first X:, hold for all tunes that do not say otherwise.
/// </summary>
public static class AbcFile
{
    /// <summary>The largest file that is read: 16 MiB, more than the largest collections of tunes.</summary>
    public const int MaxFileBytes = 16 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="AbcFormatException">It is no text, holds no tune or is larger than <see cref="MaxFileBytes"/>.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    public static IReadOnlyList<AbcTune> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using Stream stream = RegularFile.OpenRead(path);
        using MemoryStream bytes = new();
        byte[] block = new byte[65536];
        for (int count = stream.Read(block); count > 0 && bytes.Length <= MaxFileBytes; count = stream.Read(block))
        {
            bytes.Write(block, 0, count);
        }

        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">All of its bytes: UTF-8, UTF-16 with its mark, or Latin-1 where they are no UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AbcFormatException">It is no text, holds no tune or is larger than <see cref="MaxFileBytes"/>.</exception>
    public static IReadOnlyList<AbcTune> Read(ReadOnlySpan<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string text = Decode(bytes, name);
        AbcSplitter splitter = Split(text, name, blocksEndAtTunes: false);
        if (splitter.IsInBlock)
        {
            // A block that nothing ends would take all tunes after it without a word.
            splitter = Split(text, name, blocksEndAtTunes: true);
        }

        List<AbcTune> tunes = splitter.Tunes();
        return tunes.Count > 0 ? tunes : throw new AbcFormatException(
            name, null, $"expected tunes that start with an X: line, found {ForeignContent.Describe(bytes) ?? "none (check that it is ABC notation)"}");
    }

    private static AbcSplitter Split(string text, string name, bool blocksEndAtTunes)
    {
        AbcSplitter splitter = new(name, blocksEndAtTunes);
        bool isWebPage = text.AsSpan().TrimStart().StartsWith("<");
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            splitter.Add(++number, isWebPage && line.Contains('&') ? WebUtility.HtmlDecode(line.ToString()) : line);
        }

        return splitter;
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length > MaxFileBytes)
        {
            throw new AbcFormatException(name, null, $"expected a file of at most {MaxFileBytes} bytes, found a larger one (split it first)");
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        // A few are damage, of which the tune's reader makes nothing.
        if (bytes.Count((byte)0) > bytes.Length / 8)
        {
            throw new AbcFormatException(
                name, null, "expected text in UTF-8 or Latin-1, found zero bytes (another kind of file, or UTF-16 without its mark: save it as UTF-8)");
        }

        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
