using System.Text.Json;

namespace RLTuner.Studio.Nets;

/// <summary>Which net is meant: one with a name of its own, or a run's as it was, is, or was at a step.</summary>
/// <param name="Net">A net by its id.</param>
/// <param name="Run">A run by its id.</param>
/// <param name="At"><c>before</c>, <c>now</c>, or a step at which the run keeps a net.</param>
internal sealed record Source(string? Net = null, string? Run = null, JsonElement? At = null);
