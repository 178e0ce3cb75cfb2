namespace RLTuner.Scores.Abc;

/// <summary>One voice as it is written down: the state that its signs change, and the bars they fill.</summary>
internal sealed class AbcVoice
{
    private const int MaxOverlays = 16;

    // Accidentals of the bar by letter, in every octave (as the standard and abc2midi have it by default); null where the key decides.
    private readonly int?[] _barAccidentals = new int?[7];
    // Of the bar being written.
    private readonly List<AbcNote> _notes = [];
    private readonly List<(long Offset, AbcSettings Settings)> _changes = [];
    private readonly Action<int> _count;
    private AbcBar _bar;
    private long _position;
    private int _layer;
    private long _groupStart;
    private int _groupFirst;
    private bool _hasGroup;
    private bool _isTied;
    private (int Numerator, int Denominator) _broken = (1, 1);
    private (int Numerator, int Denominator, int Left) _tuplet;

    /// <summary>Starts a voice.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="settings">What holds at its start.</param>
    /// <param name="count">Told of each bar, note and field; throws when there are too many.</param>
    public AbcVoice(string id, AbcSettings settings, Action<int> count)
    {
        (Id, Settings, _count) = (id, settings, count);
        _bar = new AbcBar(settings);
    }

    public string Id { get; }

    public AbcSettings Settings { get; private set; }

    public List<AbcBar> Bars { get; } = [];

    public bool HasLyrics { get; set; }

    /// <summary>Whether a start sign waits for its end.</summary>
    public bool RepeatIsOpen { get; private set; }

    private bool IsEmpty => _bar is { Length: 0, Endings: null } && _notes.Count == 0;

    public void Change(AbcSettings settings)
    {
        Settings = settings;
        if (IsEmpty && _position == 0)
        {
            _bar.Settings = settings;
        }
        else
        {
            _count(1);
            _changes.Add((_position, settings));
        }
    }

    /// <summary>Starts a part, and with it a section; the same part again changes nothing.</summary>
    public void StartPart(string part)
    {
        if (part != _bar.Part)
        {
            Close(atBarLine: false, part);
            _bar.StartsSection = true;
        }
    }

    /// <summary>The MIDI number of a letter in an octave; its accidental, if it has one, holds to the end of the bar.</summary>
    public int PitchOf(int letter, int octave, int? accidental)
    {
        ReadOnlySpan<int> naturals = [0, 2, 4, 5, 7, 9, 11];
        _barAccidentals[letter] = accidental ?? _barAccidentals[letter];
        return 60 + (12 * octave) + naturals[letter] + (_barAccidentals[letter] ?? Settings.Key.Accidentals[letter]) + Settings.Semitones;
    }

    /// <summary>Adds a note, chord or rest.</summary>
    /// <param name="notes">Its notes, none for a rest; offsets are ignored.</param>
    /// <param name="length">Its length in ticks before tuplets and broken rhythm.</param>
    public void Add(ReadOnlySpan<AbcNote> notes, long length)
    {
        (int numerator, int denominator) = _broken;
        if (_tuplet.Left > 0)
        {
            (numerator, denominator) = (numerator * _tuplet.Numerator, denominator * _tuplet.Denominator);
            _tuplet.Left--;
        }

        _broken = (1, 1);
        (_groupStart, _groupFirst, _hasGroup, _isTied) = (_position, _notes.Count, true, false);
        _count(notes.Length);
        foreach (AbcNote note in notes)
        {
            _notes.Add(note with { Layer = _layer, Offset = _position, Length = Scaled(note.Length, numerator, denominator) });
        }

        _position += Scaled(length, numerator, denominator);
    }

    /// <summary>Makes the note before longer or shorter and the next one the opposite: a&gt;b is three to one.</summary>
    /// <param name="depth">How many signs stand there.</param>
    /// <param name="longFirst">Whether they are &gt;.</param>
    public void Break(int depth, bool longFirst)
    {
        if (!_hasGroup)
        {
            return;
        }

        int whole = 1 << depth;
        int before = longFirst ? (2 * whole) - 1 : 1;
        for (int i = _groupFirst; i < _notes.Count; i++)
        {
            _notes[i] = _notes[i] with { Length = Scaled(_notes[i].Length, before, whole) };
        }

        _position = _groupStart + Scaled(_position - _groupStart, before, whole);
        _broken = ((2 * whole) - before, whole);
        _hasGroup = false;
    }

    /// <summary>Ties the note or chord before to the next of its pitches.</summary>
    public void Tie()
    {
        for (int i = _groupFirst; i < _notes.Count && !_isTied; i++)
        {
            _notes[i] = _notes[i] with { IsTied = true };
        }

        // A chord of many notes with many ties must not take long.
        _isTied = true;
    }

    /// <summary>Plays the next notes, as many as <paramref name="count"/>, at numerator/denominator of their lengths.</summary>
    public void StartTuplet(int numerator, int denominator, int count) => _tuplet = (numerator, denominator, count);

    /// <summary>Starts the bar over with notes that sound together with those so far.</summary>
    /// <exception cref="FormatException">There are too many of these.</exception>
    public void Overlay()
    {
        _bar.Length = Math.Max(_bar.Length, _position);
        _position = 0;
        _layer = _layer < MaxOverlays
            ? _layer + 1
            : throw new FormatException($"expected at most {MaxOverlays} overlays (&) in a bar, found more (use voices)");
        ForgetBar();
    }

    /// <summary>Ends the bar at a bar line.</summary>
    /// <param name="repeats">How many more times to play what it closes.</param>
    /// <param name="startsRepeat">Whether a repeat starts after it.</param>
    /// <param name="isDouble">Whether it divides sections.</param>
    public void BarLine(int repeats, bool startsRepeat, bool isDouble)
    {
        Close(atBarLine: true, _bar.Part);
        RepeatIsOpen = startsRepeat || (RepeatIsOpen && repeats == 0);
        if (repeats > 0 && Bars.Count > 0)
        {
            Bars[^1].Repeats = repeats;
        }

        _bar.StartsRepeat |= startsRepeat;
        _bar.StartsSection |= isDouble;
        ForgetBar();
    }

    /// <summary>Starts an ending such as [1.</summary>
    public void StartEnding(IReadOnlyList<int> passes)
    {
        Close(atBarLine: false, _bar.Part);
        _bar.Endings = passes;
    }

    /// <summary>Ends the last bar.</summary>
    public void Finish() => Close(atBarLine: false, _bar.Part);

    private void Close(bool atBarLine, string part)
    {
        _bar.Length = Math.Max(_bar.Length, _position);
        if (IsEmpty)
        {
            // Two bar lines without music between them are one.
            _bar = part == _bar.Part ? _bar : Next(part, _bar.StartsRepeat, _bar.StartsSection);
        }
        else
        {
            _bar.EndsAtBarLine = atBarLine;
            _bar.Notes = [.. _notes];
            _bar.Changes = [.. _changes];
            _notes.Clear();
            _changes.Clear();
            _count(1);
            Bars.Add(_bar);
            _bar = Next(part, startsRepeat: false, startsSection: false);
        }

        (_position, _layer, _hasGroup, _groupFirst) = (0, 0, false, int.MaxValue);
    }

    private AbcBar Next(string part, bool startsRepeat, bool startsSection) =>
        new(Settings) { Part = part, StartsRepeat = startsRepeat, StartsSection = startsSection };

    private void ForgetBar()
    {
        Array.Clear(_barAccidentals);
        (_hasGroup, _groupFirst) = (false, int.MaxValue);
    }

    private static long Scaled(long ticks, int numerator, int denominator) =>
        numerator == denominator ? ticks : Math.Max(1, ((ticks * numerator) + (denominator / 2)) / denominator);
}
