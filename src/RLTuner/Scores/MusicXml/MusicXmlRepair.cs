using System.Text;
using System.Text.RegularExpressions;

namespace RLTuner.Scores.MusicXml;

/// <summary>
/// Makes text that is nearly XML into XML: signs that belong to words and not to music, such as a bare &amp;, names that HTML knows, and
/// control characters, are no reason to refuse a score.
/// </summary>
internal static partial class MusicXmlRepair
{
    /// <summary>The text with such signs as plain text; in encodings that are not ASCII's kin, as it is.</summary>
    public static byte[] Of(byte[] text)
    {
        if (text.AsSpan(0, Math.Min(text.Length, 4)).Contains((byte)0))
        {
            return text;
        }

        // Latin-1 keeps every byte, so that the encoding need not be known.
        string signs = Encoding.Latin1.GetString(text);
        string repaired = ControlCharacters().Replace(BareAmpersand().Replace(signs, "&amp;"), " ");
        byte[] bytes = Encoding.Latin1.GetBytes(repaired);
        return IsUtf8(bytes) || Declaration().IsMatch(signs) ? bytes : Encoding.UTF8.GetBytes(repaired);
    }

    private static bool IsUtf8(byte[] bytes) => !Encoding.UTF8.GetString(bytes).Contains('\uFFFD', StringComparison.Ordinal);

    [GeneratedRegex("&(?!(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)", RegexOptions.ExplicitCapture)]
    private static partial Regex BareAmpersand();

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F]")]
    private static partial Regex ControlCharacters();

    /// <summary>An encoding other than UTF-8 is named.</summary>
    [GeneratedRegex("""^<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-?8)""", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
