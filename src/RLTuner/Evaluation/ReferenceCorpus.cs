using System.Collections.Immutable;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn;

namespace RLTuner.Evaluation;

/// <summary>The corpus that melodies are held against: whether they are like its melodies, and where these are at hand, whether they are copied from them.</summary>
/// <param name="Histograms">What is heard in it, a metre each.</param>
/// <param name="Melodies">Its melodies; null where they are not at hand.</param>
public sealed record ReferenceCorpus(ImmutableArray<CorpusHistograms> Histograms, IReadOnlyList<Melody>? Melodies = null)
{
    /// <summary>A corpus that is at hand.</summary>
    public static ReferenceCorpus Of(MelodyCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return new(CorpusHistograms.Of(corpus), [.. corpus.Training.Concat(corpus.Validation).Select(melody => melody.Melody)]);
    }

    /// <summary>The corpus that a net learned from, as far as the net knows it.</summary>
    public static ReferenceCorpus Of(NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return new(net.LearnedFrom);
    }

    /// <summary>What is heard in its melodies of a metre; null where it has too few of them.</summary>
    public CorpusHistograms? In(TimeSignature metre) => Histograms.FirstOrDefault(histograms => histograms.AreIn(metre));
}
