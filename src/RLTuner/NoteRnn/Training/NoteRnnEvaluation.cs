using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn.Training;

/// <summary>How well a net predicts melodies, without dropout.</summary>
public static class NoteRnnEvaluation
{
    /// <summary>Longer melodies are cut, as memory grows with length: 1,024 bars of 4/4.</summary>
    private const int MaxLength = 1 << 14;

    private const int BatchSize = 64;

    /// <summary>Predicts every event of each melody but the first from all before it.</summary>
    /// <param name="weights">The net, without positions.</param>
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
