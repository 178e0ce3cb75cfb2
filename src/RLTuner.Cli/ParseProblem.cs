using System.CommandLine;
using System.CommandLine.Parsing;

namespace RLTuner.Cli;

/// <summary>Says in a user's words why a command line cannot be read.</summary>
internal static class ParseProblem
{
    /// <summary>The first problem; null where there is none.</summary>
    public static string? Of(ParseResult parsed) =>

        // Ahead of all others: a misspelt word also causes errors about what is missing.
        Unknown(parsed) is { } unknown ? $"expected a known command or option, found '{unknown}'{Hint(unknown, parsed.CommandResult.Command)}"
            : Empty(parsed) is { } name ? $"{name}: expected a value, found an empty one"
            : parsed.Errors.Count == 0 ? null
            : parsed.Errors[0] is { SymbolResult: OptionResult { Option: { } option, Tokens: [{ } token] } } && IsNumber(option.ValueType, out string range)
                && !parsed.Errors[0].Message.StartsWith("--", StringComparison.Ordinal)
                ? $"{option.Name}: expected {range}, found '{token.Value}'"
            : parsed.Errors[0].Message;

    /// <summary>What nothing takes, or what looks like an option and would be taken for a file.</summary>
    private static string? Unknown(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0
        ? parsed.UnmatchedTokens[0]
        : parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    private static string Hint(string unknown, Command command)
    {
        bool isOption = unknown.StartsWith('-');
        string? meant = Spelling.Nearest(
            unknown.Split('=')[0],
            isOption ? command.Options.Where(option => !option.Hidden).Select(option => option.Name) : command.Subcommands.Select(known => known.Name));
        return meant is null ? "" : $" (did you mean {meant}?)";
    }

    private static string? Empty(ParseResult parsed) => parsed.CommandResult.Children
        .Where(child => child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(child => child is OptionResult { Option: { } option } ? option.Name : child is ArgumentResult { Argument: { } argument } ? argument.Name : "")
        .FirstOrDefault();

    private static bool IsNumber(Type type, out string range)
    {
        Type number = Nullable.GetUnderlyingType(type) ?? type;
        range = number == typeof(int) ? $"a whole number from {int.MinValue} to {int.MaxValue}"
            : number == typeof(long) ? $"a whole number from {long.MinValue} to {long.MaxValue}"
            : number == typeof(ulong) ? $"a whole number from 0 to {ulong.MaxValue}"
            : number == typeof(double) || number == typeof(float) ? "a number"
            : "";
        return range.Length > 0;
    }
}
