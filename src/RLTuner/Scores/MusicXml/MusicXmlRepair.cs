using System.Text;
using System.Text.RegularExpressions;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// Makes text that is nearly XML into XML: signs that belong to words and not to music, such as a bare &amp;, names that HTML knows, and
/// control characters, are no reason to refuse a score.
/// </summary>
internal static partial class MusicXmlRepair
{
    /// <summary>White space, and the mark of UTF-8 that is written twice: XML wants its first line to be the first.</summary>
    private static readonly char[] BeforeXml = [' ', '\t', '\r', '\n', '\u00EF', '\u00BB', '\u00BF'];

    /// <summary>The text with such signs as plain text; in encodings that are not ASCII's kin, as it is.</summary>
    public static byte[] Of(byte[] text)
    {
        if (text.AsSpan(0, Math.Min(text.Length, 4)).Contains((byte)0))
        {
            return text;
        }

        // Latin-1 keeps every byte, so that the encoding need not be known.
        string signs = FirstVersion().Replace(Encoding.Latin1.GetString(text).TrimStart(BeforeXml), "$1.0");
        signs = Declaration().Match(signs) is { Success: true } declared && !IsKnown(declared.Groups["name"].Value) ? signs.Remove(declared.Groups["all"].Index, declared.Groups["all"].Length) : signs;
        string repaired = ControlCharacters().Replace(BareAmpersand().Replace(signs, "&amp;"), " ");
        byte[] bytes = Encoding.Latin1.GetBytes(repaired);
        return IsUtf8(bytes) || Declaration().IsMatch(signs) ? bytes : Encoding.UTF8.GetBytes(repaired);
    }

    private static bool IsKnown(string encoding)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(encoding) is not null || Encoding.GetEncoding(encoding) is not null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsUtf8(byte[] bytes) => !Encoding.UTF8.GetString(bytes).Contains('\uFFFD', StringComparison.Ordinal);

    [GeneratedRegex("&(?!(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)", RegexOptions.ExplicitCapture)]
    private static partial Regex BareAmpersand();

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F]")]
    private static partial Regex ControlCharacters();

    /// <summary>XML 1.1 differs in names that no score has.</summary>
    [GeneratedRegex("""(?<=^<\?xml\s+version\s*=\s*["'])(1)\.1(?=["'])""")]
    private static partial Regex FirstVersion();

    /// <summary>An encoding other than UTF-8 is named.</summary>
    [GeneratedRegex("""^<\?xml[^>]*(?<all>\sencoding\s*=\s*["'](?!utf-?8)(?<name>[^"'>]*)["'])""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
