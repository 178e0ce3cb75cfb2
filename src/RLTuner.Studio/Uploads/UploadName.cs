using System.Text;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Uploads;

/// <summary>Names of files that a page sends: relative, and fit for every system.</summary>
internal static class UploadName
{
    private const int LongestPart = 200, MostParts = 16;

    /// <summary>Names that Windows keeps for devices, whatever their ending.</summary>
    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })];

    /// <summary>The folders and the name that a path has.</summary>
    /// <param name="name">As the page sent it.</param>
    /// <exception cref="StudioException">It would lead out of its folder, or be no name somewhere.</exception>
    public static string[] Parts(string name)
    {
        string[] parts = name.Split('/', '\\');
        return parts.Length <= MostParts && parts.All(IsFit)
            ? parts
            : throw new StudioException(400, $"expected a relative name of a file, of at most {MostParts} parts that any system takes, found '{name}' (rename it)");
    }

    private static bool IsFit(string part) =>
        part.Length > 0 && part is not ("." or "..") && Encoding.UTF8.GetByteCount(part) <= LongestPart
        && !part.Any(letter => char.IsControl(letter) || letter is '<' or '>' or ':' or '"' or '|' or '?' or '*')
        && part[^1] is not (' ' or '.') && !Devices.Contains(part.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
