namespace RLTuner.Runs;

/// <summary>Another process, or another part of this one, writes to the run.</summary>
internal sealed class RunInUseException(string message) : IOException(message);
