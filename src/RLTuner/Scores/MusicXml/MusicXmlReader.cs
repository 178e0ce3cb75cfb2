using RLTuner.Files;
namespace RLTuner.Scores.MusicXml;

/// <summary>
/// Reads MusicXML, plain or compressed; which of the two is decided by content. Time and memory are bounded by the size of the
/// file and, compressed, by <see cref="MaxFileBytes"/> of text, whatever the archive declares. Of damaged text what stands before the damage is
/// read, and <see cref="Score.Remarks"/> says where that is.
/// </summary>
public static class MusicXmlReader
{
    /// <summary>The largest file that is read, and the largest text in an archive: 64 MiB, more than an opera's full score.</summary>
    public const int MaxFileBytes = 64 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .musicxml, .xml or .mxl file; its name does not matter.</param>
    /// <param name="playRepeats">
    /// Whether repeats, endings, da capo and dal segno are played out; otherwise each measure comes once, as written, but for
    /// all endings except the last, which a player who leaves repeats out skips.
    /// </param>
    /// <exception cref="MusicXmlFormatException">It is no MusicXML, damaged or larger than <see cref="MaxFileBytes"/>.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    public static Score Read(string path, bool playRepeats = true)
    {
        ArgumentNullException.ThrowIfNull(path);
        using Stream stream = RegularFile.OpenRead(path);
        return Read(BoundedStream.ReadToEnd(stream, MaxFileBytes) ?? throw TooLarge(path), path, playRepeats);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All of its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="playRepeats">As for a path.</param>
    /// <exception cref="MusicXmlFormatException">It is no MusicXML, damaged or larger than <see cref="MaxFileBytes"/>.</exception>
    public static Score Read(byte[] file, string name, bool playRepeats = true)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(name);
        if (file.Length > MaxFileBytes)
        {
            throw TooLarge(name);
        }

        if (!MusicXmlArchive.IsArchive(file) && ForeignContent.Describe(file) is { } found)
        {
            throw new MusicXmlFormatException(name, null, null, $"expected MusicXML, found {found}");
        }

        byte[] text = MusicXmlArchive.IsArchive(file) ? MusicXmlArchive.ScoreText(file, name) : file;
        RemarkList remarks = new();
        WrittenScore written = MusicXmlDocument.Read(text, name, remarks);
        return new ScorePlayer(written, name).Play(PlayOrder.Of(written.Bars, playRepeats)) with { Remarks = [.. remarks.All] };
    }

    private static MusicXmlFormatException TooLarge(string name) =>
        new(name, null, null, $"expected a file of at most {MaxFileBytes} bytes, found a larger one");
}
