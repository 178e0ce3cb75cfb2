namespace RLTuner.Cli;

/// <summary>Names of commands and options as people type them.</summary>
internal static class Spelling
{
    /// <summary>The arguments with the underscores in names of options, as the original writes them, as hyphens.</summary>
    public static string[] WithHyphens(string[] arguments)
    {
        int end = Array.IndexOf(arguments, "--");
        return [.. arguments.Select((argument, i) =>
        {
            int name = argument.IndexOf('=') is >= 0 and var equals ? equals : argument.Length;
            bool isOption = argument.StartsWith("--", StringComparison.Ordinal) && (end < 0 || i < end);
            return isOption ? argument[..name].Replace('_', '-') + argument[name..] : argument;
        })];
    }

    /// <summary>The name that was probably meant; null where none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> names)
    {
        (string? name, int distance) = names.Select(name => ((string?)name, Distance(typed, name))).DefaultIfEmpty((null, int.MaxValue)).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, typed.Length / 4) + 1 && distance < typed.Length / 2.0 + 1 ? name : null;
    }

    /// <summary>Letters to insert, delete or change (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (from[i - 1] == to[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
