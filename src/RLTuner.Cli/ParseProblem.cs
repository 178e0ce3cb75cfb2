using System.CommandLine;
using System.CommandLine.Parsing;

namespace RLTuner.Cli;

/// <summary>Says in a user's words why a command line cannot be read.</summary>
internal static class ParseProblem
{
    public static string Of(ParseResult parsed)
    {
        // Ahead of all others: a misspelt word also causes errors about what is missing.
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"expected a known command or option, found '{parsed.UnmatchedTokens[0]}'";
        }

        ParseError error = parsed.Errors[0];
        return error.SymbolResult is OptionResult { Option: { } option, Tokens: [{ } token] } && IsNumber(option.ValueType, out bool whole)
            ? $"{option.Name}: expected a {(whole ? "whole number" : "number")}, found '{token.Value}'"
            : error.Message;
    }

    private static bool IsNumber(Type type, out bool whole)
    {
        Type number = Nullable.GetUnderlyingType(type) ?? type;
        whole = number == typeof(int) || number == typeof(long) || number == typeof(ulong);
        return whole || number == typeof(double) || number == typeof(float);
    }
}
