using RLTuner.Music;

namespace RLTuner.NoteRnn;

/// <summary>A Note RNN: weights, and what its classes mean.</summary>
/// <param name="Weights">The parameters.</param>
/// <param name="Encoding">Which pitch each class stands for; its class count is that of the weights.</param>
public sealed record NoteRnnModel(NoteRnnWeights Weights, MelodyEncoding Encoding);
