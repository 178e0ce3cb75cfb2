using System.Collections.Immutable;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn;

/// <summary>The sizes of a Note RNN: stacked LSTM layers between its inputs and a dense output over the classes of events.</summary>
/// <param name="Classes">Event classes.</param>
/// <param name="LayerSizes">Units of each LSTM layer, the lowest first; at least one layer.</param>
/// <param name="Inputs">What it hears at a step; usually the event alone.</param>
public sealed record NoteRnnShape(int Classes, ImmutableArray<int> LayerSizes, NoteRnnInputs Inputs)
{
    /// <summary>A net that hears events, and where <paramref name="steps"/> is above 0 which of that many steps comes next.</summary>
    public NoteRnnShape(int classes, ImmutableArray<int> layerSizes, int steps = 0)
        : this(classes, layerSizes, steps > 0 ? NoteRnnInputs.Events(classes).With(new StepInput(steps)) : NoteRnnInputs.Events(classes))
    {
    }

    /// <summary>The net of Jaques et al. (2017): one layer of 100 units over 38 classes.</summary>
    public static NoteRnnShape Paper { get; } = new(38, [100]);

    /// <summary>Units of the highest layer, which the output reads.</summary>
    public int TopSize => LayerSizes[^1];

    /// <summary>The width of layer <paramref name="layer"/>'s input, its own previous output not counted.</summary>
    public int InputSize(int layer) => layer == 0 ? Inputs.Width : LayerSizes[layer - 1];

    /// <inheritdoc/>
    public bool Equals(NoteRnnShape? other) =>
        other is not null && Classes == other.Classes && Inputs.Equals(other.Inputs) && LayerSizes.AsSpan().SequenceEqual(other.LayerSizes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, Inputs, LayerSizes.Length, TopSize);

    /// <summary>Such as <c>LSTM 64+64, 29 classes</c>.</summary>
    public override string ToString() =>
        $"LSTM {string.Join('+', LayerSizes)}, {Classes} classes{(Inputs.AreEvents ? "" : $", hears {Inputs}")}";
}
