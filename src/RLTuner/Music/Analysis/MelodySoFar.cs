using System.Runtime.InteropServices;

namespace RLTuner.Music.Analysis;

/// <summary>
/// A melody while it is being made: the events already played and the facts that rules need of them, each kept up to date in
/// O(1) a step and without allocation once its buffers have grown. Facts carry no judgement; rules and statistics read them.
/// </summary>
public sealed class MelodySoFar
{
    private readonly List<MelodyEvent> _events;
    private AttackHistory _attacks;
    private Autocorrelation _pitchAutocorrelation;
    private readonly NotesSoFar _notes = new();
    private readonly BarsSoFar _bars;
    private readonly byte[] _strengths;
    private int _listened;

    /// <summary>Creates an empty melody.</summary>
    /// <param name="encoding">The class numbers of events; facts about class numbers use it.</param>
    /// <param name="plannedLength">The length in steps at which the melody will end.</param>
    /// <param name="timeSignature">The metre, which says how long a bar is.</param>
    /// <exception cref="ArgumentException">The encoding does not fit MIDI.</exception>
    public MelodySoFar(MelodyEncoding encoding, int plannedLength, TimeSignature timeSignature)
    {
        Encoding = encoding.Validated();
        PlannedLength = plannedLength;
        StepsPerBar = timeSignature.StepsPerBar();
        StepsPerBeat = timeSignature.StepsPerBeat();
        _events = new List<MelodyEvent>(Math.Max(0, plannedLength));
        Bar = new BarPrefixes(StepsPerBar, plannedLength);
        Magenta = new MagentaReading(plannedLength);
        _bars = new BarsSoFar(StepsPerBar);
        _strengths = [.. Enumerable.Range(0, StepsPerBar).Select(step => (byte)timeSignature.StrengthOf(step))];
    }

    /// <summary>The class numbers of events.</summary>
    public MelodyEncoding Encoding { get; }

    /// <summary>The length in steps at which the melody will end.</summary>
    public int PlannedLength { get; }

    /// <summary>The length of a bar in steps.</summary>
    public int StepsPerBar { get; }

    /// <summary>The length of a beat in steps.</summary>
    public int StepsPerBeat { get; }

    /// <summary>Events already played; also the index of the next step.</summary>
    public int Count => _events.Count;

    /// <summary>The events already played; valid until the next one is.</summary>
    public ReadOnlySpan<MelodyEvent> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>The event before the next one: the last that was played, or the prime at the first step.</summary>
    public MelodyEvent Previous { get; private set; }

    /// <summary>The notes attacked.</summary>
    public ref readonly AttackHistory Attacks => ref _attacks;

    /// <summary>The autocorrelation of the attacked pitches.</summary>
    public ref readonly Autocorrelation PitchAutocorrelation => ref _pitchAutocorrelation;

    /// <summary>The leap that waits to be resolved.</summary>
    public LeapTracker Leap { get; private set; }

    /// <summary>The highest and the lowest attacked pitch, as MIDI numbers.</summary>
    public PitchExtremes Extremes { get; private set; }

    /// <summary>The bar of the next event, and its likeness to earlier bars.</summary>
    public BarPrefixes Bar { get; }

    /// <summary>The same melody as the original program reads it.</summary>
    internal MagentaReading Magenta { get; }

    /// <summary>The notes attacked, one by one.</summary>
    public NotesSoFar Notes
    {
        get
        {
            Listen();
            return _notes;
        }
    }

    /// <summary>The shape of the bars.</summary>
    public BarsSoFar Bars
    {
        get
        {
            Listen();
            return _bars;
        }
    }

    /// <summary>How strong a step is in the metre: <see cref="TimeSignature.StrengthOf"/> of its place in the bar.</summary>
    public int StrengthOf(int step) => _strengths[step % StepsPerBar];

    /// <summary>Forgets all events.</summary>
    /// <param name="prime">The event heard before the melody starts; it is not part of the melody.</param>
    public void Start(MelodyEvent prime)
    {
        _events.Clear();
        Previous = prime;
        _attacks = default;
        _pitchAutocorrelation = default;
        Leap = default;
        Extremes = default;
        Bar.Clear();
        Magenta.Clear();
        if (_listened > 0)
        {
            _listened = 0;
            _notes.Clear();
            _bars.Clear();
        }
    }

    /// <summary>Plays an event.</summary>
    /// <exception cref="ArgumentException">The event has no class in the encoding.</exception>
    public void Append(MelodyEvent next)
    {
        if (!Encoding.Contains(next))
        {
            throw new ArgumentException($"expected an event within {Encoding}, found {next}", nameof(next));
        }

        if (next.StartsNote)
        {
            Pitch pitch = next.Pitch;
            Leap = _attacks.Count > 0 ? Leap.With(pitch - _attacks.Latest, Count) : Leap;
            Extremes = Extremes.With(pitch.MidiNumber);
            _pitchAutocorrelation = _pitchAutocorrelation.With(pitch.MidiNumber);
        }

        _attacks = _attacks.With(next);
        Bar.Append(next);
        Magenta.Append(Encoding.ClassOf(next));
        _events.Add(next);
        Previous = next;
    }

    /// <summary>Some facts are brought up to date only when they are asked for: rules that need none of them pay nothing.</summary>
    private void Listen()
    {
        for (; _listened < Count; _listened++)
        {
            _notes.Append(_events[_listened], _listened, StrengthOf(_listened));
            _bars.Append(_events[_listened]);
        }
    }
}
