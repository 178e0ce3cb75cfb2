using RLTuner.Files;

namespace RLTuner.TensorFlow;

/// <summary>
/// A checkpoint or bundle is missing, damaged, or not of the kind expected. The message says where, what was expected and found.
/// </summary>
public sealed class CheckpointFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="where">The file, and where useful the tensor.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    /// <param name="cause">The error beneath, if any.</param>
    public CheckpointFormatException(string where, string problem, Exception? cause = null)
        : base(PlainText.Of($"{where}: {problem}", keepLines: true), cause)
    {
        Where = where;
    }

    /// <summary>The file, and where useful the tensor, at fault.</summary>
    public string Where { get; }
}
