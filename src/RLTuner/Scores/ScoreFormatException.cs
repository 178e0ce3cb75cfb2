using RLTuner.Files;

namespace RLTuner.Scores;

/// <summary>
/// A file of music cannot be read; the message says where, what was expected, what was found and what to do. Each format has its own
/// kind.
/// </summary>
public abstract class ScoreFormatException : Exception
{
    private const int MaxLength = 200;

    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="message">Where, what was expected, what was found, what to do.</param>
    /// <param name="inner">What caused it, if anything.</param>
    protected ScoreFormatException(string fileName, string message, Exception? inner = null)
        : base(PlainText.Of(message, keepLines: true), inner) => FileName = fileName;

    /// <summary>The file.</summary>
    public string FileName { get; }

    /// <summary>The start of a text that may quote much of the file: reports keep the messages of many files and tunes.</summary>
    /// <param name="text">Of any length.</param>
    protected static string StartOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlainText.Of(text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "..."));
    }
}
