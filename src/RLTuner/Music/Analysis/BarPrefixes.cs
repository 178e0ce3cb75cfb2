namespace RLTuner.Music.Analysis;

/// <summary>The bar being played: its pitches, and whether it has so far gone exactly as an earlier bar began.</summary>
/// <remarks>
/// The beginnings of all bars form a tree, one node for each different beginning. A bar walks down it as its events come; only
/// earlier bars can have made a node that it finds, since what it adds itself lies below it.
/// </remarks>
public sealed class BarPrefixes
{
    /// <summary>As many different pitches make a figure of a bar: a motif.</summary>
    public const int LeastPitchesOfMotif = 3;

    private const int Root = 0;

    private readonly int _stepsPerBar;
    private readonly ReusableIndex _children;
    private int _nodes;
    private int _current;

    internal BarPrefixes(int stepsPerBar, int plannedLength)
    {
        _stepsPerBar = stepsPerBar;
        _children = new ReusableIndex(plannedLength);
    }

    /// <summary>The next event's place in its bar, from 0.</summary>
    public int StepInBar { get; private set; }

    /// <summary>The pitches attacked in the bar of the next event, before it.</summary>
    public PitchSet Pitches { get; private set; }

    /// <summary>Whether the bar, the next event included, goes as an earlier bar began.</summary>
    public bool WouldRepeat(MelodyEvent next) => _children.TryGet(Edge(next), out _);

    internal void Clear()
    {
        _children.Clear();
        _nodes = 0;
        StartBar();
    }

    internal void Append(MelodyEvent next)
    {
        ulong edge = Edge(next);
        if (!_children.TryGet(edge, out int child))
        {
            child = ++_nodes;
            _children.Set(edge, child);
        }

        _current = child;
        if (next.StartsNote)
        {
            Pitches = Pitches.With(next.Pitch.MidiNumber);
        }

        if (++StepInBar == _stepsPerBar)
        {
            StartBar();
        }
    }

    private void StartBar()
    {
        _current = Root;
        StepInBar = 0;
        Pitches = default;
    }

    private ulong Edge(MelodyEvent next) =>
        ((ulong)_current << 8) | (uint)(next.StartsNote ? next.Pitch.MidiNumber + 2 : next.IsHold ? 0 : 1);
}
