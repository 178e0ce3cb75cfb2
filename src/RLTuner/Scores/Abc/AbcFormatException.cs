namespace RLTuner.Scores.Abc;

/// <summary>ABC notation cannot be read; the message says where, what was expected, what was found and what to do.</summary>
public sealed class AbcFormatException : ScoreFormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">What messages call the file or tune.</param>
    /// <param name="lineNumber">The line of the file from 1, or null where the whole is meant.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    public AbcFormatException(string name, int? lineNumber, string problem)
        : base(name, lineNumber is null ? $"{name}: {StartOf(problem)}" : $"{name}, line {lineNumber}: {StartOf(problem)}") => LineNumber = lineNumber;

    /// <summary>The start of a text that may quote much of the file.</summary>
    internal static string Start(string text) => StartOf(text);

    /// <summary>The line of the file from 1, or null where the whole is meant.</summary>
    public int? LineNumber { get; }
}
