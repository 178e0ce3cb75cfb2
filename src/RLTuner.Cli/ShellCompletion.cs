using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace RLTuner.Cli;

/// <summary>
/// What a shell asks when Tab is pressed: <c>rltuner "[suggest:POSITION]" "LINE"</c>, the words of dotnet-suggest. The library answers
/// them only for a root command that is named after the executable, which ours is not.
/// </summary>
internal static class ShellCompletion
{
    private const string Start = "[suggest", End = "]";

    /// <summary>Prints what may follow, a word a line; false where nobody asked for it.</summary>
    public static bool Answers(Command root, string[] args)
    {
        if (args.Length is < 1 or > 2 || !args[0].StartsWith(Start, StringComparison.Ordinal) || !args[0].EndsWith(End, StringComparison.Ordinal))
        {
            return false;
        }

        string line = args.Length == 2 ? args[1] : "";
        bool placed = int.TryParse(args[0].AsSpan(Start.Length..^End.Length).TrimStart(':'), CultureInfo.InvariantCulture, out int position);
        foreach (CompletionItem item in root.Parse(line).GetCompletions(placed ? Math.Clamp(position, 0, line.Length) : line.Length))
        {
            Console.WriteLine(item.InsertText ?? item.Label);
        }

        return true;
    }
}
