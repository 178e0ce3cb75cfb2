namespace RLTuner.Sweeps;

/// <summary>A plan of a sweep, or the folder of one, that cannot be used; the message says where, what was expected, and what was found.</summary>
public sealed class SweepFormatException(string message, Exception? cause = null) : Exception(message, cause);
