using System.Runtime.InteropServices;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.Composing;

/// <summary>One net reading melodies: its weights, its memory, what it heard, and the step between.</summary>
public sealed class NoteRnnRun : IPolicyRun
{
    private readonly NoteRnnWeights _weights;
    private readonly NoteRnnStep _step;
    private readonly List<int>[] _heard;
    private readonly MelodyPlan[] _plans;
    private readonly InputRow[] _inputs;
    private NoteRnnState _before;

    /// <summary>Starts from zero states.</summary>
    /// <param name="weights">The net.</param>
    /// <param name="batch">How many melodies.</param>
    /// <param name="metre">How long bars are; by default as in 4/4.</param>
    /// <param name="lengths">[batch]: the planned length of each melody; left out where it is not known.</param>
    public NoteRnnRun(NoteRnnWeights weights, int batch, TimeSignature? metre = null, ReadOnlySpan<int> lengths = default)
        : this(weights, Plans(batch, metre ?? TimeSignature.CommonTime, lengths))
    {
    }

    private NoteRnnRun(NoteRnnWeights weights, MelodyPlan[] plans)
    {
        ArgumentNullException.ThrowIfNull(weights);
        int batch = plans.Length;
        _weights = weights;
        _step = new NoteRnnStep(weights.Shape, batch);
        _heard = [.. Enumerable.Range(0, weights.Shape.Inputs.AreEvents ? 0 : batch).Select(_ => new List<int>())];
        _plans = plans;
        _inputs = new InputRow[batch * weights.Shape.Inputs.MostRows];
        _before = new NoteRnnState(weights.Shape, batch);
        State = new NoteRnnState(weights.Shape, batch);
    }

    /// <summary>The memory now.</summary>
    public NoteRnnState State { get; private set; }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> events, Span<float> logits, ReadOnlySpan<int> positions = default)
    {
        (_before, State) = (State, _before);
        NoteRnnInputs hears = _weights.Shape.Inputs;
        if (hears.AreEvents)
        {
            // Nothing need be remembered.
            _step.Forward(_weights, events, _before, State, logits);
            return;
        }

        for (int row = 0; row < events.Length; row++)
        {
            if (events[row] != MelodyEncoding.NoEvent)
            {
                _heard[row].Add(events[row]);
            }

            HeardSoFar heard = new(CollectionsMarshal.AsSpan(_heard[row]), positions.IsEmpty ? -1 : positions[row], _plans[row]);
            hears.Encode(heard, _inputs.AsSpan(row * hears.MostRows, hears.MostRows));
        }

        _step.Forward(_weights, _inputs, _before, State, logits);
    }

    /// <inheritdoc/>
    public IPolicyRun Fork(ReadOnlySpan<int> rows)
    {
        int[] from = rows.ToArray();
        NoteRnnRun fork = new(_weights, [.. from.Select(row => _plans[row])]);
        float[] state = new float[State.RowLength];
        for (int row = 0; row < from.Length; row++)
        {
            State.SaveRow(from[row], state);
            fork.State.RestoreRow(row, state);
        }

        for (int row = 0; row < fork._heard.Length; row++)
        {
            fork._heard[row].AddRange(_heard[from[row]]);
        }

        return fork;
    }

    private static MelodyPlan[] Plans(int batch, TimeSignature metre, ReadOnlySpan<int> lengths)
    {
        MelodyPlan[] plans = new MelodyPlan[batch];
        for (int row = 0; row < batch; row++)
        {
            plans[row] = new(metre.StepsPerBar(), lengths.IsEmpty ? 0 : lengths[row]);
        }

        return plans;
    }
}
