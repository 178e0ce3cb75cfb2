using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn.Training;

/// <summary>How well a net predicts melodies, without dropout.</summary>
public static class NoteRnnEvaluation
{
    /// <summary>Longer melodies are cut, as memory grows with length: 1,024 bars of 4/4.</summary>
    private const int MaxLength = 1 << 14;

    private const int BatchSize = 64;

    /// <summary>Predicts every event of each melody after its first note, from all before it, in the bars of its metre.</summary>
    /// <param name="model">The net.</param>
    /// <param name="melodies">The melodies; where a net hears bars, they begin at bar lines.</param>
    public static PredictionSums Of(NoteRnnModel model, IEnumerable<CorpusMelody> melodies)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(melodies);
        List<MelodyPart> parts = [], beginnings = [];
        foreach (CorpusMelody melody in melodies)
        {
            int[] events = melody.Melody.ToClasses(model.Encoding);
            int after = Array.FindIndex(events, @event => @event >= MelodyEncoding.FirstPitchClass) + 1, first = model.KnowsBeginnings ? 0 : 1;
            int bar = (melody.Metre ?? TimeSignature.CommonTime).StepsPerBar();
            parts.AddRange(MelodyPart.Cut(events, bar, first, MaxLength - 1));
            if (after > first)
            {
                beginnings.Add(new MelodyPart(events, first, Math.Min(after, MaxLength - 1 + first), bar));
            }
        }

        // Of the beginnings, how rests before the first note and that note were predicted, is taken off again.
        NoteRnnSequences sequences = new(model.Shape);
        return Of(model.Weights, parts, BatchSize, sequences) - Of(model.Weights, beginnings, BatchSize, sequences);
    }

    /// <summary>Predicts every event of each melody but the first from all before it, in bars of 4/4.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="melodies">Class numbers of each melody.</param>
    public static PredictionSums Of(NoteRnnWeights weights, IEnumerable<int[]> melodies)
    {
        ArgumentNullException.ThrowIfNull(weights);
        MelodyPart[] parts = [.. melodies.SelectMany(melody => MelodyPart.Cut(melody, MelodyPlan.CommonTime.StepsPerBar, first: 1, MaxLength - 1))];
        return Of(weights, parts, BatchSize, new NoteRnnSequences(weights.Shape));
    }

    internal static PredictionSums Of(NoteRnnWeights weights, IReadOnlyList<MelodyPart> parts, int batchSize, NoteRnnSequences sequences)
    {
        PredictionSums sums = default;
        foreach (SequenceBatch batch in TrainingBatches.InOrder(parts, weights.Shape.Inputs, batchSize))
        {
            sums += PredictionSums.Differentiate(sequences.Forward(weights, batch), batch.Targets);
        }

        return sums;
    }
}
