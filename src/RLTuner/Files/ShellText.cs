namespace RLTuner.Files;

/// <summary>Words of commands that are printed to be pasted into a shell.</summary>
public static class ShellText
{
    /// <summary>The argument, in quotes where a shell would take it apart.</summary>
    /// <param name="argument">A path or a value.</param>
    public static string Quoted(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or ',' or '+' or '@' or '%')
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
