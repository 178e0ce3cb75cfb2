using System.CommandLine;

namespace RLTuner.Cli.Options;

/// <summary>Makes options of the common kinds.</summary>
internal static class Make
{
    /// <summary>A number with a default that the help shows.</summary>
    public static Option<T> Number<T>(string name, string description, T initial) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => initial,
    };

    /// <summary>A number whose default depends on others; the description says how.</summary>
    public static Option<T?> NumberOrNone<T>(string name, string description)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = "N",
        };

    /// <summary>A switch, off by default.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A file or folder, none by default.</summary>
    public static Option<string?> Path(string name, string what, string description) => new(name) { Description = description, HelpName = what };
}
