using System.Security.Cryptography;

namespace RLTuner.Studio.Serving;

/// <summary>
/// The word that opens the studio: random, kept in its folder for its owner's eyes alone, so that a page that is open finds the studio again
/// after it was started anew.
/// </summary>
internal static class AccessToken
{
    private const int Digits = 48;

    /// <summary>The word of a folder; made where there is none, or none that is whole.</summary>
    /// <exception cref="IOException">It can neither be read nor written.</exception>
    public static string Of(string folder)
    {
        string path = Path.Combine(folder, "token");
        if (File.Exists(path) && new FileInfo(path).Length == Digits && File.ReadAllText(path) is var kept && kept.All(char.IsAsciiHexDigitLower))
        {
            return kept;
        }

        File.Delete(path);
        string made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Digits / 2));
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter file = new(path, options);
        file.Write(made);
        return made;
    }
}
