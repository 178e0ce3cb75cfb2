using RLTuner.NoteRnn;

namespace RLTuner.Learning.Q.Replay;

/// <summary>Transitions to learn from, side by side. All arrays have one entry a transition.</summary>
internal sealed class Minibatch
{
    /// <summary>Creates an empty batch.</summary>
    public Minibatch(NoteRnnShape shape, int size)
    {
        Notes = new int[size];
        Places = new int[size];
        Actions = new int[size];
        NextNotes = new int[size];
        Positions = new int[size];
        NextPositions = new int[size];
        Rewards = new float[size];
        Ended = new bool[size];
        State = new NoteRnnState(shape, size);
        NextState = new NoteRnnState(shape, size);
        NextPriorState = new NoteRnnState(shape, size);
    }

    /// <summary>How many transitions.</summary>
    public int Size => Notes.Length;

    /// <summary>The class heard before the action.</summary>
    public int[] Notes { get; }

    /// <summary>Where each transition lies in the replay.</summary>
    public int[] Places { get; }

    /// <summary>The class whose score learns.</summary>
    public int[] Actions { get; }

    /// <summary>The class heard next: the one that was played.</summary>
    public int[] NextNotes { get; }

    /// <summary>Which step of its melody the action is, from 0.</summary>
    public int[] Positions { get; }

    /// <summary>The step after it.</summary>
    public int[] NextPositions { get; }

    /// <summary>The reward of the action.</summary>
    public float[] Rewards { get; }

    /// <summary>Whether the melody ended with the action.</summary>
    public bool[] Ended { get; }

    /// <summary>The tuned net's state before it heard <see cref="Notes"/>.</summary>
    public NoteRnnState State { get; }

    /// <summary>The tuned net's state after it.</summary>
    public NoteRnnState NextState { get; }

    /// <summary>The Note RNN's state after it; used only by algorithms that add its log p to the scores.</summary>
    public NoteRnnState NextPriorState { get; }
}
