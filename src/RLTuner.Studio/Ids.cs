using System.Text.RegularExpressions;

namespace RLTuner.Studio;

/// <summary>Names that are safe in an address and as a file of any system: <c>[a-z0-9][a-z0-9-]{0,63}</c>.</summary>
internal static partial class Ids
{
    private const int Longest = 48;

    /// <summary>Whether a text is an id.</summary>
    public static bool Is(string text) => Pattern().IsMatch(text);

    /// <summary>The first of <c>name</c>, <c>name-2</c>, … that is free.</summary>
    /// <param name="name">A name of any kind, as a stranger's file may have.</param>
    /// <param name="isTaken">Whether an id is in use.</param>
    public static string New(string name, Func<string, bool> isTaken)
    {
        string word = WordOf(name, Longest, "unnamed");
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? word : $"{word}-{number}").First(id => !isTaken(id));
    }

    /// <summary>A name of any kind as letters, digits and hyphens.</summary>
    /// <param name="name">The name.</param>
    /// <param name="longest">The most characters.</param>
    /// <param name="otherwise">What stands for a name that has none of these.</param>
    public static string WordOf(string name, int longest, string otherwise)
    {
        string word = Others().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return word.Length == 0 ? otherwise : word[..Math.Min(word.Length, longest)].TrimEnd('-');
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Pattern();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
