namespace RLTuner.Runs;

/// <summary>Another process, or another part of this one, writes to the run.</summary>
/// <param name="message">Which run, and what to do.</param>
/// <param name="cause">What was caught.</param>
public sealed class RunInUseException(string message, Exception? cause = null) : IOException(message, cause);
