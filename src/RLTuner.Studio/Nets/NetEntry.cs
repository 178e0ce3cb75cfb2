namespace RLTuner.Studio.Nets;

/// <summary>A net in the list of the page.</summary>
/// <param name="Id">How a page names it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>shipped</c>, <c>uploaded</c>, <c>trained</c>, or <c>run</c> for what a run has tuned so far.</param>
/// <param name="Layers">Units of each layer.</param>
/// <param name="Classes">Classes of events.</param>
/// <param name="Lowest">The name of the lowest pitch.</param>
/// <param name="KnowsBeginnings">Whether it begins melodies by itself.</param>
internal sealed record NetEntry(string Id, string Name, string Kind, IReadOnlyList<int> Layers, int Classes, string Lowest, bool KnowsBeginnings);
