using RLTuner.Scores;

namespace RLTuner.TensorFlow.Records;

/// <summary>A TFRecord file is damaged or holds something else; the message says where, what was expected, what was found and what to do.</summary>
public sealed class TFRecordFormatException : ScoreFormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="recordNumber">The record from 1, or null where the whole file is meant.</param>
    /// <param name="position">The byte at which the record starts; of a compressed file, in what it unpacks to.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public TFRecordFormatException(string fileName, long? recordNumber, long position, string problem, Exception? inner = null)
        : base(fileName, recordNumber is null ? $"{fileName}: {problem}" : $"{fileName}, record {recordNumber} at byte {position}: {problem}", inner)
    {
        RecordNumber = recordNumber;
        Position = position;
    }

    /// <summary>The record from 1, or null where the whole file is meant.</summary>
    public long? RecordNumber { get; }

    /// <summary>The byte at which the record starts; of a compressed file, in what it unpacks to.</summary>
    public long Position { get; }
}
