using System.CommandLine;

namespace RLTuner.Cli.Tests.ExitPaths;

/// <summary>An argument or option of a command that takes the path of a file or folder.</summary>
/// <param name="Command">The words that name the command.</param>
/// <param name="Name">Of the option, or of the argument.</param>
/// <param name="IsOption">Whether it is an option.</param>
internal sealed record PathOperand(string Command, string Name, bool IsOption)
{
    private static readonly string[] Paths = ["FILE", "PATH", "DIR", "RUN", "NAME"], Others = ["LENGTH", "WORDS", "TEXT", "N", "N[,N]", "N/M", "KEY", "LIST", "WORD", "on|off"];

    /// <summary>Whether the command writes there.</summary>
    public bool IsOutput => Name is "--output" or "--output-dir";

    /// <summary>It serves until it is asked to end; <see cref="StudioCommandTests"/> has its ways out.</summary>
    private const string Server = "studio";

    /// <summary>The commands that do something and end, found in the tree of all.</summary>
    public static IEnumerable<string> Commands() => Leaves(Application.Root(), "").Select(leaf => leaf.Words).Where(words => words != Server);

    /// <summary>What of a command takes a path, and what it cannot do without.</summary>
    public static (IReadOnlyList<PathOperand> Operands, IReadOnlyList<(string Name, bool IsOption)> Required) Of(string words)
    {
        Command command = Leaves(Application.Root(), "").Single(leaf => leaf.Words == words).Command;
        List<PathOperand> operands = [.. command.Arguments.Where(argument => IsText(argument.ValueType)).Select(argument => new PathOperand(words, argument.Name, false))];
        foreach (Option option in command.Options.Where(option => IsText(option.ValueType) && !option.Hidden))
        {
            Assert.True(Paths.Concat(Others).Contains(option.HelpName), $"'{words}' {option.Name}: is {option.HelpName} the name of a path? Say it in {nameof(PathOperand)}.");
            if (Paths.Contains(option.HelpName))
            {
                operands.Add(new PathOperand(words, option.Name, true));
            }
        }

        return (operands, [
            .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(argument => (argument.Name, false)),
            .. command.Options.Where(option => option.Required).Select(option => (option.Name, true)),
        ]);
    }

    /// <summary>Whether a command has an option.</summary>
    public static bool Has(string words, string option) => Leaves(Application.Root(), "").Single(leaf => leaf.Words == words).Command.Options.Any(known => known.Name == option);

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]) || type == typeof(FileInfo);

    private static IEnumerable<(string Words, Command Command)> Leaves(Command command, string words) => command.Subcommands.Count == 0
        ? [(words, command)]
        : command.Subcommands.SelectMany(child => Leaves(child, words.Length == 0 ? child.Name : $"{words} {child.Name}"));
}
