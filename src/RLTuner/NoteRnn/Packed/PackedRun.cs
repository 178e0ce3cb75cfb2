using System.Runtime.InteropServices;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Packed;

/// <summary>A net in packed form that reads one melody, by shares as <see cref="PackedStep"/> does. It remembers what was heard as far as the net needs it.</summary>
internal sealed class PackedRun
{
    private readonly PackedWeights _weights;
    private readonly PackedStep _step;
    private readonly PinnedFloats _logits;
    private readonly MelodyPlan _plan;
    private readonly InputRow[] _inputs;
    private readonly List<int> _heard = [];

    /// <summary>Starts from zero states.</summary>
    /// <param name="weights">The net; later changes of it are heard.</param>
    /// <param name="plan">The bars and length of its melodies; by default bars of 4/4.</param>
    public PackedRun(PackedWeights weights, MelodyPlan? plan = null)
    {
        _weights = weights;
        _plan = plan ?? MelodyPlan.CommonTime;
        _step = new PackedStep(weights.Layout, batch: 1);
        _inputs = new InputRow[weights.Layout.Shape.Inputs.MostRows];
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

    /// <summary>All events that were heard, as class numbers.</summary>
    public ReadOnlySpan<int> Heard => CollectionsMarshal.AsSpan(_heard);

    /// <summary>What was heard last, as rows of the lowest kernel: enough to go that step again from <see cref="Before"/>.</summary>
    public ReadOnlySpan<InputRow> Inputs => _inputs;

    /// <summary>Says what comes next; then <see cref="Forward"/>, all shares of each layer from below, then <see cref="Output"/>.</summary>
    /// <param name="event">The event's class; negative for nothing, before the first.</param>
    /// <param name="step">Which step of the melody comes next, from 0; negative while a primer is heard.</param>
    public void Hear(int @event, int step)
    {
        if (@event >= 0)
        {
            _heard.Add(@event);
        }

        (Before, State) = (State, Before);
        Encode(step, _inputs);
        _step.Hear(_inputs, Before, State);
    }

    /// <summary>Says what would be heard next, without hearing it.</summary>
    /// <param name="event">The event's class.</param>
    /// <param name="step">Which step of the melody would come after it.</param>
    /// <param name="inputs">Receives as many rows as <see cref="Inputs"/> has.</param>
    public void Foresee(int @event, int step, Span<InputRow> inputs)
    {
        _heard.Add(@event);
        Encode(step, inputs);
        _heard.RemoveAt(_heard.Count - 1);
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
    public void Forget()
    {
        State.Clear();
        _heard.Clear();
    }

    /// <summary>Forgets everything but these events, which were heard before; <see cref="State"/> is restored apart.</summary>
    public void Recall(ReadOnlySpan<int> heard)
    {
        _heard.Clear();
        _heard.AddRange(heard);
    }

    private void Encode(int step, Span<InputRow> inputs) => _weights.Layout.Shape.Inputs.Encode(new HeardSoFar(Heard, step, _plan), inputs);
}
