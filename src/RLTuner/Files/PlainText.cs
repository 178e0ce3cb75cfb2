using System.Globalization;
using System.Text;

namespace RLTuner.Files;

/// <summary>Makes text of strangers fit to be shown: titles and names may hold signs that move the cursor or hide what follows.</summary>
public static class PlainText
{
    /// <summary>The message of an argument error without " (Parameter 'x')", which .NET appends and which means nothing to users.</summary>
    public static string WithoutParameter(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        int at = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return at < 0 ? message : message[..at];
    }

    /// <summary>The text with control characters and marks of direction as <c>\u001B</c>.</summary>
    /// <param name="text">Of any kind.</param>
    /// <param name="keepLines">Whether line ends stay as they are.</param>
    public static string Of(string text, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(letter => IsHidden(letter, keepLines)))
        {
            return text;
        }

        StringBuilder plain = new(text.Length + 16);
        foreach (char letter in text)
        {
            if (IsHidden(letter, keepLines))
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            }
            else
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    private static bool IsHidden(char letter, bool keepLines) =>
        char.IsControl(letter) ? !(keepLines && letter == '\n') : letter is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
