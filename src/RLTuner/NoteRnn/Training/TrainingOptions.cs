using System.Text.Json;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn.Training;

/// <summary>How a Note RNN learns to predict melodies. The defaults are those of the shipped net; docs/training.md says how they were chosen.</summary>
public sealed record TrainingOptions
{
    private const int MaxBatchSize = 4096;

    private const float Largest = 1e6f;

    /// <summary>So large a rate breaks any net, and training says so.</summary>
    private const float LargestRate = 1e38f;

    /// <summary>
    /// What the net hears, in the words of <see cref="NoteRnnInputs"/>: by default the event heard last, those one, two and four bars ago, and the place in
    /// the bar. <c>event</c> is the paper's net.
    /// </summary>
    public string Inputs { get; init; } = "event bars-ago:1 bars-ago:2 bars-ago:4 bar";

    /// <summary>Melodies an update, 1 to 4,096.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Longer melodies are cut into parts of this many events, each beginning without memory; at least 1.</summary>
    public int MaxLength { get; init; } = 512;

    /// <summary>Adam's step size at first, above 0.</summary>
    public float LearningRate { get; init; } = 0.005f;

    /// <summary>Factor on the learning rate every <see cref="DecaySteps"/> updates, above 0 to 1.</summary>
    public float DecayRate { get; init; } = 0.85f;

    /// <summary>Updates between two decays, at least 1.</summary>
    public int DecaySteps { get; init; } = 2800;

    /// <summary>The share of each layer's outputs that are silenced while learning, 0 to below 1 (Zaremba et al. 2014: not those to the next step).</summary>
    public float Dropout { get; init; } = 0.2f;

    /// <summary>
    /// The share of the connections from a layer to its own next step that are silenced while learning, the same ones for all steps of a batch, 0 to below
    /// 1 (DropConnect; Merity et al. 2018).
    /// </summary>
    public float RecurrentDropout { get; init; } = 0.25f;

    /// <summary>Gradients whose norm over all weights is greater are scaled down to it, above 0.</summary>
    public float ClipNorm { get; init; } = 5;

    /// <summary>λ of the penalty λ/2·Σw² on kernels, 0 or more.</summary>
    public float L2 { get; init; } = 5e-6f;

    /// <summary>
    /// The net that is judged and kept is a running mean of the weights (Polyak and Juditsky 1992): each update moves it by 1 minus this
    /// towards the weights. 0 to below 1; 0 keeps the weights themselves.
    /// </summary>
    public float AverageDecay { get; init; } = 0.999f;

    /// <summary>Passes over the training melodies at most, at least 1.</summary>
    public int Epochs { get; init; } = 120;

    /// <summary>Training stops after this many epochs without a better validation loss, at least 1.</summary>
    public int Patience { get; init; } = 30;

    /// <summary>Decides the first weights, the order of melodies and what is dropped.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">A field lies outside its range; the message names it as words joined by hyphens.</exception>
    public TrainingOptions Validated()
    {
        Whole(BatchSize, MaxBatchSize, nameof(BatchSize));
        Whole(MaxLength, int.MaxValue, nameof(MaxLength));
        Whole(DecaySteps, int.MaxValue, nameof(DecaySteps));
        Whole(Epochs, int.MaxValue, nameof(Epochs));
        Whole(Patience, int.MaxValue, nameof(Patience));
        Within(LearningRate, LearningRate is > 0 and <= LargestRate, $"above 0 to {LargestRate}", nameof(LearningRate));
        Within(DecayRate, DecayRate is > 0 and <= 1, "above 0 to 1", nameof(DecayRate));
        Within(Dropout, Dropout is >= 0 and < 1, "from 0 to below 1", nameof(Dropout));
        Within(AverageDecay, AverageDecay is >= 0 and < 1, "from 0 to below 1", nameof(AverageDecay));
        Within(RecurrentDropout, RecurrentDropout is >= 0 and < 1, "from 0 to below 1", nameof(RecurrentDropout));
        Within(ClipNorm, ClipNorm is > 0 and <= Largest, $"above 0 to {Largest}", nameof(ClipNorm));
        Within(L2, L2 is >= 0 and <= Largest, $"from 0 to {Largest}", nameof(L2));
        return this;
    }

    private static void Whole(int value, int most, string name)
    {
        if (value < 1 || value > most)
        {
            throw Refused(name, $"a whole number from 1 to {most}", value);
        }
    }

    private static void Within(float value, bool holds, string expected, string name)
    {
        if (!holds)
        {
            throw Refused(name, $"a number {expected}", value);
        }
    }

    private static ArgumentException Refused(string name, string expected, IFormattable found) =>
        new(FormattableString.Invariant($"{JsonNamingPolicy.KebabCaseLower.ConvertName(name)}: expected {expected}, found {found}"));
}
