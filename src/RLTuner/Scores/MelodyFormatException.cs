using RLTuner.Files;

namespace RLTuner.Scores;

/// <summary>
/// A file of melodies does not hold what it should; the message says where, what was expected, what was found and what to do.
/// </summary>
public sealed class MelodyFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="lineNumber">The line from 1, or null where the whole file is meant.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public MelodyFormatException(string fileName, int? lineNumber, string problem, Exception? inner = null)
        : base(PlainText.Of(lineNumber is null ? $"{fileName}: {problem}" : $"{fileName}, line {lineNumber}: {problem}"), inner)
    {
        FileName = fileName;
        LineNumber = lineNumber;
    }

    /// <summary>The file.</summary>
    public string FileName { get; }

    /// <summary>The line from 1, or null where the whole file is meant.</summary>
    public int? LineNumber { get; }
}
