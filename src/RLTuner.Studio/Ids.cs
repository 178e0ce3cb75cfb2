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
        string word = Others().Replace(name.ToLowerInvariant(), "-").Trim('-');
        word = word.Length > Longest ? word[..Longest].TrimEnd('-') : word.Length == 0 ? "unnamed" : word;
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? word : $"{word}-{number}").First(id => !isTaken(id));
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Pattern();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
