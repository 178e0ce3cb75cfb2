using System.IO.Compression;
using RLTuner.Files;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// Compressed MusicXML: a ZIP file whose META-INF/container.xml names the score. Archives that were packed by hand lack it or
/// name an entry that is not there; then the first entry that looks like a score is taken.
/// </summary>
internal static class MusicXmlArchive
{
    private const string ContainerPath = "META-INF/container.xml";

    public static bool IsArchive(ReadOnlySpan<byte> file) => file.StartsWith("PK"u8);

    /// <summary>The text of the score in an archive.</summary>
    public static byte[] ScoreText(byte[] file, string name)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            ZipArchiveEntry score = NamedScore(archive, name) ?? archive.Entries.FirstOrDefault(LooksLikeScore)
                ?? throw new MusicXmlFormatException(
                    name, null, null, $"expected a score (.musicxml or .xml) in the archive, found {archive.Entries.Count} other entries");
            return Inflate(score, name);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new MusicXmlFormatException(name, null, null, $"expected a ZIP archive, found a damaged one (take another copy of it)", e);
        }
    }

    private static ZipArchiveEntry? NamedScore(ZipArchive archive, string name)
    {
        if (archive.GetEntry(ContainerPath) is not { } container)
        {
            return null;
        }

        try
        {
            using MusicXmlCursor cursor = new(Inflate(container, name), name);
            while (cursor.Read())
            {
                if (cursor.AtElement("rootfile"))
                {
                    return cursor.Attribute("full-path") is { Length: > 0 } path ? archive.GetEntry(path) : null;
                }
            }
        }
        catch (MusicXmlFormatException)
        {
            // A damaged table of contents need not hide the content.
        }

        return null;
    }

    private static bool LooksLikeScore(ZipArchiveEntry entry) =>
        !entry.FullName.StartsWith("META-INF/", StringComparison.OrdinalIgnoreCase)
        && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
        && (entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            || entry.FullName.EndsWith(".musicxml", StringComparison.OrdinalIgnoreCase));

    private static byte[] Inflate(ZipArchiveEntry entry, string name)
    {
        using Stream content = entry.Open();
        byte[] bytes = BoundedStream.ReadToEnd(content, MusicXmlReader.MaxFileBytes)
            ?? throw new MusicXmlFormatException(
                name, null, null, $"expected at most {MusicXmlReader.MaxFileBytes} bytes in '{entry.FullName}', found more");
        return Crc32.Of(bytes) == entry.Crc32 ? bytes : throw new MusicXmlFormatException(
            name, null, null, $"expected '{entry.FullName}' to agree with its checksum in the archive, found it does not (the file is damaged; copy it again)");
    }
}
