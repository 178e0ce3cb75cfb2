using System.Collections.Immutable;

namespace RLTuner.NoteRnn;

/// <summary>The sizes of a Note RNN: stacked LSTM layers between a one-hot input and a dense output over the same classes.</summary>
/// <param name="Classes">Event classes: the width of input and output.</param>
/// <param name="LayerSizes">Units of each LSTM layer, the lowest first; at least one layer.</param>
/// <param name="Positions">
/// Steps of a melody that the net can tell apart: a second one-hot input says which step comes next. 0, the usual, means that it
/// hears events alone.
/// </param>
public sealed record NoteRnnShape(int Classes, ImmutableArray<int> LayerSizes, int Positions = 0)
{
    /// <summary>The net of Jaques et al. (2017): one layer of 100 units over 38 classes.</summary>
    public static NoteRnnShape Paper { get; } = new(38, [100]);

    /// <summary>Units of the highest layer, which the output reads.</summary>
    public int TopSize => LayerSizes[^1];

    /// <summary>The width of layer <paramref name="layer"/>'s input, its own previous output not counted.</summary>
    public int InputSize(int layer) => layer == 0 ? Classes + Positions : LayerSizes[layer - 1];

    /// <inheritdoc/>
    public bool Equals(NoteRnnShape? other) =>
        other is not null && Classes == other.Classes && Positions == other.Positions && LayerSizes.AsSpan().SequenceEqual(other.LayerSizes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, Positions, LayerSizes.Length, TopSize);

    /// <summary>Such as <c>LSTM 64+64, 29 classes</c>.</summary>
    public override string ToString() =>
        $"LSTM {string.Join('+', LayerSizes)}, {Classes} classes{(Positions > 0 ? $", {Positions} positions" : "")}";
}
