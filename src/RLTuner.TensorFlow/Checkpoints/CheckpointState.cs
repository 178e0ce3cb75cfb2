using System.Text;
using System.Text.RegularExpressions;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>The text file <c>checkpoint</c>, in which a folder names its latest checkpoint.</summary>
internal static partial class CheckpointState
{
    public const string FileName = "checkpoint";

    // The latest comes first; a list of all that are kept follows.
    private const int LongestStart = 64 * 1024;

    /// <summary>
    /// The prefix that a folder's file names, always within the folder: a path of another machine counts by its last part.
    /// Null where there is no such file.
    /// </summary>
    /// <exception cref="CheckpointFormatException">The file names no checkpoint.</exception>
    public static string? Latest(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        FileSource file = new(path);
        string text = Encoding.UTF8.GetString(file.Read(0, Math.Min(file.Length, LongestStart), "text"));
        Match match = LatestLine().Match(text);
        string[] parts = match.Success ? Unescaped(match.Groups["path"].Value).Split('/', '\\') : [];
        string name = parts.LastOrDefault() ?? "";
        if (name is "" or "." or ".." || name.Contains('\0', StringComparison.Ordinal))
        {
            throw file.Error("""expected a line model_checkpoint_path: "NAME", found none. Give the checkpoint's own path instead""");
        }

        string within = Path.Combine(folder, Path.Combine(parts));
        bool stays = !parts.Contains("..") && !parts[0].Contains(':', StringComparison.Ordinal)
            && !Path.IsPathRooted(match.Groups["path"].Value);
        return stays && (File.Exists(within) || File.Exists(within + ".index")) ? within : Path.Combine(folder, name);
    }

    /// <summary>Undoes the text format's escapes; bytes above 127 come as octal digits of UTF-8.</summary>
    private static string Unescaped(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                int length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, length));
                i += length - 1;
                continue;
            }

            int value = 0;
            int digits = 0;
            while (digits < 3 && i + 1 + digits < text.Length && text[i + 1 + digits] is >= '0' and <= '7')
            {
                value = (8 * value) + text[i + 1 + digits++] - '0';
            }

            bytes.Add(digits > 0 ? (byte)value : (byte)text[i + 1]);
            i += Math.Max(digits, 1);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(
        @"^[ \t]*model_checkpoint_path[ \t]*:[ \t]*""(?<path>([^""\\\r\n]|\\[^\r\n])*)""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LatestLine();
}
