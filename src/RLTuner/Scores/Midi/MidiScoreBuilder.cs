using RLTuner.Music;

namespace RLTuner.Scores.Midi;

/// <summary>
/// Gathers the events of a file into a score. A note off ends every open note of its pitch and channel that started earlier. A note that is
/// ended where it starts is kept without length; one that nothing ends lasts to the next of its pitch or the track's end. Strictly,
/// as in the original, both are left out. Instruments are numbered in the order in which their first notes end. Tempos count from every track,
/// for all players hear them; metres and keys from the first track that names any, for later tracks repeat them or go their own way.
/// </summary>
internal sealed class MidiScoreBuilder(bool strict)
{
    private const int DrumChannel = 9;

    private readonly Dictionary<(int Track, int Channel, int Program), int> _instruments = [];
    private readonly List<Instrument> _instrumentList = [];
    private readonly List<ScoreNote> _notes = [];
    private readonly List<TempoChange> _tempos = [];
    private readonly List<TimeSignatureChange> _metres = [];
    private readonly List<KeySignatureChange> _keys = [];
    private readonly Dictionary<int, string> _trackNames = [];
    private readonly Dictionary<(int Channel, int Pitch), List<(long Start, int Velocity)>> _open = [];
    private readonly Dictionary<(int Channel, int Pitch), int> _withoutLength = [];
    private readonly int[] _programs = new int[16];
    private int _track;
    private int? _metreTrack;
    private int? _keyTrack;

    public void StartTrack(int track)
    {
        _track = track;
        _open.Clear();
        _withoutLength.Clear();
        Array.Clear(_programs);
    }

    public void Program(int channel, int program) => _programs[channel] = program;

    public void TrackName(ReadOnlySpan<byte> name) => _trackNames.TryAdd(_track, MidiReader.DecodeText(name));

    public void Tempo(long tick, int microsecondsPerQuarter) => _tempos.Add(new TempoChange(tick, 6e7 / microsecondsPerQuarter));

    public void Metre(long tick, TimeSignature metre)
    {
        if ((_metreTrack ??= _track) == _track)
        {
            _metres.Add(new TimeSignatureChange(tick, metre));
        }
    }

    public void KeySignature(long tick, KeySignature key)
    {
        if ((_keyTrack ??= _track) == _track)
        {
            _keys.Add(new KeySignatureChange(tick, key));
        }
    }

    public void NoteOn(int channel, int pitch, int velocity, long tick)
    {
        if (!_open.TryGetValue((channel, pitch), out List<(long Start, int Velocity)>? open))
        {
            _open.Add((channel, pitch), open = []);
        }

        // Struck anew where it was ended, it was no note of its own.
        if (_withoutLength.Remove((channel, pitch), out int index) && _notes[index].Start == tick)
        {
            _notes[index] = _notes[index] with { End = -1 };
        }

        open.Add((tick, velocity));
    }

    public void NoteOff(int channel, int pitch, long tick)
    {
        if (!_open.TryGetValue((channel, pitch), out List<(long Start, int Velocity)>? open))
        {
            return;
        }

        int before = _notes.Count;
        foreach ((long start, int velocity) in open)
        {
            if (start != tick)
            {
                _notes.Add(new ScoreNote(InstrumentOf(channel), new Pitch(pitch), velocity, start, tick));
            }
        }

        // An off that ends an older note leaves one that starts with it open: "on, off" of one tick comes in either order.
        bool endedAny = _notes.Count > before;
        if (!endedAny && !strict)
        {
            foreach ((_, int velocity) in open)
            {
                _withoutLength[(channel, pitch)] = _notes.Count;
                _notes.Add(new ScoreNote(InstrumentOf(channel), new Pitch(pitch), velocity, tick, tick));
            }
        }

        open.RemoveAll(note => !endedAny || note.Start != tick);
    }

    /// <summary>Ends the notes that the track leaves open.</summary>
    public void EndTrack(long tick, int offset, MidiFaults faults)
    {
        foreach (((int channel, int pitch), List<(long Start, int Velocity)> open) in strict ? [] : _open.Where(notes => notes.Value.Count > 0))
        {
            for (int i = 0; i < open.Count; i++)
            {
                long end = i + 1 < open.Count ? open[i + 1].Start : tick;
                _notes.Add(new ScoreNote(InstrumentOf(channel), new Pitch(pitch), open[i].Velocity, open[i].Start, end));
                faults.Report(offset, "an end of every note, pitch", pitch, "notes without end last to the next of their pitch or the end of the track", " without one");
            }
        }
    }

    public Score Build(string name, MidiHeader header, MidiFaults faults) => new()
    {
        Name = name,
        Tempos = header.TicksPerQuarter is { } ticks
            ? TempoMap.Metrical(ticks, [.. _tempos])
            : TempoMap.Absolute(header.SecondsPerTick, [.. _tempos]),
        Instruments = [.. _instrumentList.Select(i => i with { Name = _trackNames.GetValueOrDefault(i.Track, "") })],
        Notes = [.. _notes.Where(note => note.End >= 0).OrderBy(note => note.Instrument).ThenBy(note => note.End)],
        TimeSignatures = [.. _metres.OrderBy(change => change.Tick)],
        KeySignatures = [.. _keys.OrderBy(change => change.Tick)],
        Remarks = [.. faults.Remarks],
    };

    private int InstrumentOf(int channel)
    {
        (int Track, int Channel, int Program) identity = (_track, channel, _programs[channel]);
        if (!_instruments.TryGetValue(identity, out int index))
        {
            index = _instrumentList.Count;
            _instruments.Add(identity, index);
            _instrumentList.Add(new Instrument(_track, channel, identity.Program, channel == DrumChannel, ""));
        }

        return index;
    }
}
