using RLTuner.NoteRnn;

namespace RLTuner.Composing;

/// <summary>One net reading melodies: its weights, its memory, and the step between.</summary>
public sealed class NoteRnnRun : IPolicyRun
{
    private readonly NoteRnnWeights _weights;
    private readonly NoteRnnStep _step;

    /// <summary>Starts from zero states.</summary>
    public NoteRnnRun(NoteRnnWeights weights, int batch)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
        _step = new NoteRnnStep(weights.Shape, batch);
        Before = new NoteRnnState(weights.Shape, batch);
        State = new NoteRnnState(weights.Shape, batch);
    }

    /// <summary>The memory before the event that was read last.</summary>
    public NoteRnnState Before { get; private set; }

    /// <summary>The memory now.</summary>
    public NoteRnnState State { get; private set; }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default)
    {
        (Before, State) = (State, Before);
        _step.Forward(_weights, events, Before, State, logits, positions);
    }

    /// <summary>Forgets everything: zero states, as before the first event.</summary>
    public void Forget() => State.Clear();
}
