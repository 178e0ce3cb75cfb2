using System.Collections.Immutable;
using RLTuner.Corpus;
using RLTuner.Music;

namespace RLTuner.NoteRnn;

/// <summary>A net that continues melodies: weights, and what its classes mean.</summary>
/// <param name="Weights">The parameters.</param>
/// <param name="Encoding">Which pitch each class stands for; its class count is that of the weights.</param>
/// <param name="Prior">
/// A second net of the same layers and classes, without positions, whose logits are added to those of <paramref name="Weights"/>. G-learning leaves one: the Note
/// RNN that it improves on. Null for every other net.
/// </param>
public sealed record NoteRnnModel(NoteRnnWeights Weights, MelodyEncoding Encoding, NoteRnnWeights? Prior = null)
{
    /// <summary>The net's sizes.</summary>
    public NoteRnnShape Shape => Weights.Shape;

    /// <summary>
    /// Whether it learned how melodies begin: at a bar line, from hearing nothing. Then its first step says how likely each first event is; a
    /// net without must be given something to go on from.
    /// </summary>
    public bool KnowsBeginnings { get; init; }

    /// <summary>What is heard in the corpus that it learned from, a metre each, so that what it composes can be compared without the corpus; empty where nobody counted.</summary>
    public ImmutableArray<CorpusHistograms> LearnedFrom { get; init; } = [];
}
