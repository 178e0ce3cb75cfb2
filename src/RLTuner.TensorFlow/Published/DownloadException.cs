namespace RLTuner.TensorFlow.Published;

/// <summary>A published file could not be fetched; the message says from where, what was found and what to do without it.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The address.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public DownloadException(string source, string problem, Exception? inner = null)
        : base($"{source}: {problem}", inner) => Address = source;

    /// <summary>The address.</summary>
    public string Address { get; }
}
