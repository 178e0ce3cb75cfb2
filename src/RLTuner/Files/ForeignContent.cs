using System.Text;

namespace RLTuner.Files;

/// <summary>Names what a file really is that was saved in place of another: a server's answer, a pointer, an archive.</summary>
public static class ForeignContent
{
    /// <summary>What the file is and what to do, such as "a web page (…)"; null for what is not known.</summary>
    /// <param name="content">The file, or its first few hundred bytes.</param>
    public static string? Describe(ReadOnlySpan<byte> content)
    {
        content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        string start = Encoding.Latin1.GetString(content[..Math.Min(content.Length, 512)]).TrimStart();
        return Starts(start, "version https://git-lfs") ? "a Git LFS pointer, not the file itself (run 'git lfs pull')"
            : Starts(start, "<!doctype html") || Starts(start, "<html") || Starts(start, "<head") || Starts(start, "<body")
                ? "a web page, HTML (open the address in a browser, and save the file itself)"
            : Starts(start, "<?xml") && start.Contains("<html", StringComparison.OrdinalIgnoreCase)
                ? "a web page, HTML (open the address in a browser, and save the file itself)"
            : Starts(start, "<error") || (Starts(start, "<?xml") && start.Contains("<Error", StringComparison.Ordinal))
                ? "a server's error message, XML (fetch the file again)"
            : Starts(start, "{\"message\"") || Starts(start, "{\"error\"") ? "a server's error message, JSON (fetch the file again)"
            : content.StartsWith("PK\u0003\u0004"u8) ? "a zip archive (unpack it, or name it .zip or .mxl)"
            : content is [0x1f, 0x8b, ..] ? "a gzip file (unpack it first)"
            : Starts(start, "%PDF") ? "a PDF"
            : null;
    }

    private static bool Starts(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
