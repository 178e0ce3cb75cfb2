using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RLTuner.Runs;

namespace RLTuner.Sweeps;

/// <summary>Names of runs, which are names of folders on every system.</summary>
internal static class RunName
{
    /// <summary>File systems take 255 bytes, and files beside the folder have its name and more.</summary>
    private const int Longest = 180;

    /// <summary>The name of a run: what it has that not all have, and its seed. It does not depend on which other runs there are.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> varied, ulong seed)
    {
        string name = string.Join(',', varied.Select(value => $"{value.Key}={Word(value)}").Append(string.Create(CultureInfo.InvariantCulture, $"seed={seed}")));
        return name.Length <= Longest ? name : $"{name[..(Longest - 17)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";
    }

    private static string Word(KeyValuePair<string, string> value)
    {
        string text = RunValue.IsPath(value.Key) ? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(value.Value)) : value.Value;
        return string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '_' or '#' ? letter : '-'));
    }
}
