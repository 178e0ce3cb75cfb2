using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.Benchmarks;

/// <summary>A net of the paper's sizes with random weights, and random numbers of any length.</summary>
internal static class PaperNet
{
    public static NoteRnnModel Create()
    {
        NoteRnnWeights weights = new(NoteRnnShape.Paper);
        Numbers(weights.Values.Length, "net").CopyTo(weights.Values, 0);
        return new NoteRnnModel(weights, MelodyEncoding.Default);
    }

    /// <summary>Numbers between -0.1 and 0.1.</summary>
    public static float[] Numbers(int length, string purpose)
    {
        RandomSource random = new(1, purpose);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(0.2 * (random.NextDouble() - 0.5)))];
    }

    /// <summary>Random class numbers.</summary>
    public static int[] Events(int length)
    {
        RandomSource random = new(2, "events");
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(MelodyEncoding.Default.ClassCount))];
    }

    /// <summary>Random events, as a net that hears events alone hears them.</summary>
    public static InputRow[] Inputs(int length) => [.. Events(length).Select(@event => new InputRow(@event))];
}
