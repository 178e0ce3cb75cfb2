namespace RLTuner.Music.Analysis;

/// <summary>
/// A melody while it is being made: the events already played and the facts that rules need of them, each kept up to date in
/// O(1) a step. Facts carry no judgement; rules and statistics read them.
/// </summary>
public sealed class MelodySoFar
{
    private readonly List<MelodyEvent> _events = [];

    /// <summary>Creates an empty melody.</summary>
    /// <param name="encoding">The class numbers of events; facts about class numbers use it.</param>
    /// <param name="plannedLength">The length in steps at which the melody will end.</param>
    /// <param name="timeSignature">The metre, which says how long a bar is.</param>
    public MelodySoFar(MelodyEncoding encoding, int plannedLength, TimeSignature timeSignature)
    {
        Encoding = encoding;
        PlannedLength = plannedLength;
        StepsPerBar = timeSignature.StepsPerBar();
    }

    /// <summary>The class numbers of events.</summary>
    public MelodyEncoding Encoding { get; }

    /// <summary>The length in steps at which the melody will end.</summary>
    public int PlannedLength { get; }

    /// <summary>The length of a bar in steps.</summary>
    public int StepsPerBar { get; }

    /// <summary>Events already played; also the index of the next step.</summary>
    public int Count => _events.Count;

    /// <summary>The event before the next one: the last that was played, or the prime at the first step.</summary>
    public MelodyEvent Previous { get; private set; }

    /// <summary>Forgets all events.</summary>
    /// <param name="prime">The event heard before the melody starts; it is not part of the melody.</param>
    public void Start(MelodyEvent prime)
    {
        _events.Clear();
        Previous = prime;
    }

    /// <summary>Plays an event.</summary>
    public void Append(MelodyEvent next)
    {
        _events.Add(next);
        Previous = next;
    }
}
