namespace RLTuner.Scores.Midi;

/// <summary>A MIDI file cannot be read; the message says where, what was expected, what was found and what to do.</summary>
public sealed class MidiFormatException : ScoreFormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="offset">The byte in it, from 0.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    public MidiFormatException(string fileName, long offset, string problem)
        : base(fileName, $"{fileName}, byte {offset}: {problem}") => (Offset, Problem) = (offset, problem);

    /// <summary>The byte in it, from 0.</summary>
    public long Offset { get; }

    /// <summary>What was expected, what was found, what to do.</summary>
    public string Problem { get; }
}
