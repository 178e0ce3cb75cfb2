using RLTuner.NoteRnn;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn;

/// <summary>Nets and states of random numbers.</summary>
internal static class RandomNets
{
    public static NoteRnnWeights Weights(NoteRnnShape shape, ulong seed, double scale = 1)
    {
        NoteRnnWeights weights = new(shape);
        Fill(weights.Values, seed, scale);
        return weights;
    }

    public static NoteRnnState State(NoteRnnShape shape, int batch, ulong seed)
    {
        NoteRnnState state = new(shape, batch);
        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            Fill(state.Cell(layer), seed + (ulong)layer, 1);
            Fill(state.Hidden(layer), seed + 100 + (ulong)layer, 1);
        }

        return state;
    }

    private static void Fill(Span<float> values, ulong seed, double scale)
    {
        RandomSource random = new(seed, "weights");
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(scale * ((2 * random.NextDouble()) - 1));
        }
    }
}
