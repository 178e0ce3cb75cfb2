using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Packed;

/// <summary>The weights of a Note RNN, or one number for each of them, in the form of <see cref="PackedLayout"/>.</summary>
/// <param name="layout">Where each lies.</param>
internal sealed class PackedWeights(PackedLayout layout)
{
    /// <summary>Packs a net.</summary>
    public PackedWeights(PackedLayout layout, NoteRnnWeights weights)
        : this(layout)
    {
        Pack(weights);
    }

    /// <summary>Where each lies.</summary>
    public PackedLayout Layout { get; } = layout;

    /// <summary>The numbers.</summary>
    public PinnedFloats Values { get; } = new(layout.Length);

    /// <summary>Takes over a net of the same shape.</summary>
    public void Pack(NoteRnnWeights weights) => Layout.Pack(weights.Values, Values.Span);

    /// <summary>The net in plain form, as a copy.</summary>
    public NoteRnnWeights ToPlain()
    {
        NoteRnnWeights weights = new(Layout.Shape);
        Layout.Unpack(Values.Span, weights.Values);
        return weights;
    }

    /// <summary>A block's numbers.</summary>
    public Span<float> this[PackedLayout.Block block] => Values.Span.Slice(block.Offset, block.Length);
}
