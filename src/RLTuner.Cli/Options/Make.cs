using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace RLTuner.Cli.Options;

/// <summary>Makes options of the common kinds.</summary>
internal static class Make
{
    /// <summary>A number with a default that the help shows, in a range that the library knows.</summary>
    public static Option<T> Number<T>(string name, string description, T initial) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => initial,
    };

    /// <summary>A number with a default that the help shows.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it is.</param>
    /// <param name="initial">The default.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The greatest.</param>
    /// <param name="minIsOutside">Whether the least is itself refused.</param>
    public static Option<T> Number<T>(string name, string description, T initial, T min, T max, bool minIsOutside = false)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => initial,
            CustomParser = argument => Parsed(argument, name, min, max, minIsOutside),
        };

    /// <summary>A number whose default depends on others; the description says how.</summary>
    public static Option<T?> NumberOrNone<T>(string name, string description, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument => Parsed(argument, name, min, max, minIsOutside: false),
        };

    /// <summary>A switch, off by default.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A file or folder, none by default.</summary>
    public static Option<string?> Path(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    private static T Parsed<T>(ArgumentResult argument, string name, T min, T max, bool minIsOutside)
        where T : struct, INumber<T>
    {
        string text = argument.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && number <= max && (minIsOutside ? number > min : number >= min))
        {
            return number;
        }

        bool isWhole = typeof(T) == typeof(int);
        argument.AddError(string.Create(
            CultureInfo.InvariantCulture, $"{name}: expected {(isWhole ? "a whole number" : "a number")} {(minIsOutside ? "above" : "from")} {min} to {max}, found '{text}'"));
        return default;
    }
}
