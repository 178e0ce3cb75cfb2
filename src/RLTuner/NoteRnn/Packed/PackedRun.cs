using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Packed;

/// <summary>A net in packed form that reads one melody, by shares as <see cref="PackedStep"/> does.</summary>
internal sealed class PackedRun
{
    private readonly PackedWeights _weights;
    private readonly PackedStep _step;
    private readonly PinnedFloats _logits;

    /// <summary>Starts from zero states.</summary>
    public PackedRun(PackedWeights weights)
    {
        _weights = weights;
        _step = new PackedStep(weights.Layout, batch: 1);
        _logits = new PinnedFloats(weights.Layout.ClassColumns);
        Before = new NoteRnnState(weights.Layout.Shape, batch: 1);
        State = new NoteRnnState(weights.Layout.Shape, batch: 1);
    }

    /// <summary>How many layers.</summary>
    public int Layers => _weights.Layout.Shape.LayerSizes.Length;

    /// <summary>The memory before the event that was heard last.</summary>
    public NoteRnnState Before { get; private set; }

    /// <summary>The memory now.</summary>
    public NoteRnnState State { get; private set; }

    /// <summary>Says what comes next; then <see cref="Forward"/>, all shares of each layer from below, then <see cref="Output"/>.</summary>
    public void Hear(ReadOnlySpan<int> heard, ReadOnlySpan<int> position)
    {
        (Before, State) = (State, Before);
        _step.Hear(heard, position, Before, State);
    }

    /// <summary>A share of a layer.</summary>
    public void Forward(int layer, int share) => _step.Forward(_weights, layer, share);

    /// <summary>The logits of the next event.</summary>
    public void Output(Span<float> logits)
    {
        _step.Output(_weights, _logits);
        _logits.Span[..logits.Length].CopyTo(logits);
    }

    /// <summary>Forgets everything: zero states, as before the first event.</summary>
    public void Forget() => State.Clear();
}
