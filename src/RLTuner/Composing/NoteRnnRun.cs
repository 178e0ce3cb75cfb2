using RLTuner.NoteRnn;

namespace RLTuner.Composing;

/// <summary>One net reading melodies: its weights, its memory, and the step between.</summary>
public sealed class NoteRnnRun : IPolicyRun
{
    private readonly NoteRnnWeights _weights;
    private readonly NoteRnnStep _step;
    private NoteRnnState _before;

    /// <summary>Starts from zero states.</summary>
    public NoteRnnRun(NoteRnnWeights weights, int batch)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
        _step = new NoteRnnStep(weights.Shape, batch);
        _before = new NoteRnnState(weights.Shape, batch);
        State = new NoteRnnState(weights.Shape, batch);
    }

    /// <summary>The memory now.</summary>
    public NoteRnnState State { get; private set; }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default)
    {
        (_before, State) = (State, _before);
        _step.Forward(_weights, events, _before, State, logits, positions);
    }
}
