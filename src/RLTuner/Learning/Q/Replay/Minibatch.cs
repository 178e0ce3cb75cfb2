using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.Learning.Q.Replay;

/// <summary>Transitions to learn from, side by side. Arrays have one entry a transition where nothing else is said.</summary>
internal sealed class Minibatch
{
    /// <summary>Creates an empty batch.</summary>
    /// <param name="shape">That of the tuned net.</param>
    /// <param name="size">How many transitions.</param>
    public Minibatch(NoteRnnShape shape, int size)
    {
        Inputs = new InputRow[size * shape.Inputs.MostRows];
        NextInputs = new InputRow[size * shape.Inputs.MostRows];
        Places = new int[size];
        Actions = new int[size];
        Rewards = new float[size];
        Ended = new bool[size];
        State = new NoteRnnState(shape, size);
        NextState = new NoteRnnState(shape, size);
        NextPriorState = new NoteRnnState(shape, size);
    }

    /// <summary>How many transitions.</summary>
    public int Size => Actions.Length;

    /// <summary>[size, rows a step]: what the tuned net heard before the action.</summary>
    public InputRow[] Inputs { get; }

    /// <summary>Where each transition lies in the replay.</summary>
    public int[] Places { get; }

    /// <summary>The class whose score learns.</summary>
    public int[] Actions { get; }

    /// <summary>[size, rows a step]: what it heard next, with the note that was played.</summary>
    public InputRow[] NextInputs { get; }

    /// <summary>The reward of the action.</summary>
    public float[] Rewards { get; }

    /// <summary>Whether the melody ended with the action.</summary>
    public bool[] Ended { get; }

    /// <summary>The tuned net's state before it heard <see cref="Inputs"/>.</summary>
    public NoteRnnState State { get; }

    /// <summary>The tuned net's state after it.</summary>
    public NoteRnnState NextState { get; }

    /// <summary>The Note RNN's state after it; used only by algorithms that add its log p to the scores.</summary>
    public NoteRnnState NextPriorState { get; }
}
