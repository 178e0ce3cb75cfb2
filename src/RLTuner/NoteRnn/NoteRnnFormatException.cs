using RLTuner.Files;

namespace RLTuner.NoteRnn;

/// <summary>A file that should hold a Note RNN does not: the message says where, what was expected, what was found and what to do.</summary>
public sealed class NoteRnnFormatException : Exception
{
    /// <summary>Creates the error.</summary>
    public NoteRnnFormatException(string message)
        : base(PlainText.Of(message, keepLines: true))
    {
    }

    /// <summary>Creates the error with what caused it.</summary>
    public NoteRnnFormatException(string message, Exception inner)
        : base(PlainText.Of(message, keepLines: true), inner)
    {
    }

    /// <summary>Creates an error without words.</summary>
    public NoteRnnFormatException()
    {
    }
}
