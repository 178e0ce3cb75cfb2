namespace RLTuner.Ratings;

/// <summary>A file holds no ratings; the message says where, what was expected, what was found and what to do.</summary>
public sealed class RatingFormatException(string message) : Exception(message);
