namespace RLTuner.Scores.Midi;

/// <summary>
/// The events of one track, as far as a score needs them; the rest is stepped over. Where it is not strict, a value that cannot be
/// understood takes its default, and after bytes that are no events it goes on where events follow again. Long, because each kind of
/// event has its own way to be damaged, and all share the place in the track.
/// </summary>
/// <param name="track">The track's bytes.</param>
/// <param name="score">Takes what is read.</param>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="saidEnd">Where the file says that the track ends, if that may be wrong; -1 where it ends with its bytes.</param>
internal ref struct MidiTrackReader(MidiCursor track, MidiScoreBuilder score, MidiFaults faults, int saidEnd)
{
    private const int EndOfTrack = 0x2F;

    private readonly MidiScoreBuilder _score = score;
    private readonly MidiFaults _faults = faults;
    private MidiCursor _track = track;
    private long _tick;
    private int _running;
    private bool _timeIsLost;
    private bool _hasEnded;

    /// <summary>Reads the track and gives the place behind its last event.</summary>
    public int Read(int trackNumber)
    {
        _score.StartTrack(trackNumber);
        try
        {
            while (!_track.AtEnd && !_hasEnded && !EndsHere())
            {
                ReadEvent();
            }

            if (!_hasEnded && !_faults.IsStrict)
            {
                _faults.Report(_track.Position, "an end of track", [], "the track ends with its last event");
            }
        }
        catch (MidiFormatException error) when (!_faults.IsStrict)
        {
            _faults.Report(error);
            _track.Position = _track.End;
        }

        _score.EndTrack(_tick, _track.Position, _faults);
        return _track.Position;
    }

    /// <summary>Whether the end that the file says may be believed: no more events stand behind it.</summary>
    private readonly bool EndsHere() => _track.Position == saidEnd && !MidiSense.Ends(_track.Rest, _running);

    private void ReadEvent()
    {
        _tick += _timeIsLost ? 0 : Time();
        _timeIsLost = false;
        int status = _track.PeekByte("an event");
        if (status >= 0x80)
        {
            _track.Byte("an event");
        }
        else if (_running != 0)
        {
            // Strictly, meta events and sysex end running status; files exist that go on with it.
            status = _running;
        }
        else
        {
            FindEvent("an event's status (0x80 or more)");
            return;
        }

        if (status < 0xF0)
        {
            _running = status;
            ReadChannelEvent(status);
        }
        else if (status == 0xFF)
        {
            ReadMetaEvent();
        }
        else if (status is 0xF0 or 0xF7)
        {
            SkipExclusive();
        }
        else
        {
            SkipSystemEvent(status);
        }
    }

    private int Time()
    {
        int start = _track.Position;
        ReadOnlySpan<byte> rest = _track.Rest;
        if (!_faults.IsStrict && rest is [>= 0xF8 and < 0xFF, >= 0x80, ..] && MidiSense.Makes(rest[1..], _running, anyData: true))
        {
            // The time would be a thousand bars.
            _faults.Report(start, "the time to the next event", rest, "real-time bytes before times are passed over");
            _track.Position++;
        }

        if (_faults.IsStrict || _track.Rest[..Math.Min(4, _track.Remaining)].ContainsAnyInRange((byte)0, (byte)0x7F))
        {
            return _track.VariableLength("the time to the next event");
        }

        // Programs that reckon backwards write negative times as long ones.
        while (!_track.AtEnd && _track.Byte("a time") >= 0x80)
        {
        }

        _faults.Report(start, "a time of at most four bytes", rest, "times that are longer count as none");
        return 0;
    }

    /// <summary>Goes to the next place from which events follow; their time is lost with what stands before.</summary>
    private void FindEvent(string expected)
    {
        int start = _track.Position;
        ReadOnlySpan<byte> rest = _track.Rest;
        _faults.Report(start, expected, rest, "bytes up to the next event that makes sense are passed over");
        int at = 0;
        while (at < rest.Length && !(rest[at] >= 0x80 && MidiSense.Makes(rest[at..], 0, atStatus: true)))
        {
            at++;
        }

        _track.Position = start + at;
        _timeIsLost = true;
    }

    private void ReadChannelEvent(int status)
    {
        int start = _track.Position;
        int first = DataByte();
        int second = MidiSense.DataBytes(status) == 2 ? DataByte() : 0;
        if ((first | second) >= 0x80)
        {
            if (!MidiSense.Makes(_track.Rest, _running, anyData: true))
            {
                _track.Position = start;
                FindEvent("an event's data (below 0x80)");
                return;
            }

            _faults.Report(
                start, "an event's data (below 0x80)", [(byte)first, (byte)second], "pitches lose their top bit, velocities become 127, other events are passed over");
        }

        int channel = status & 0x0F;
        switch (status >> 4)
        {
            case 0x9 when second > 0:
                _score.NoteOn(channel, first & 0x7F, Math.Min(second, 0x7F), _tick);
                break;
            case 0x8 or 0x9:
                _score.NoteOff(channel, first & 0x7F, _tick);
                break;
            case 0xC when first < 0x80:
                _score.Program(channel, first);
                break;
        }
    }

    private int DataByte()
    {
        int start = _track.Position;
        int value = _track.PeekByte("an event's data");
        if (value >= 0x80 && _faults.IsStrict)
        {
            _faults.Report(start, "an event's data (below 0x80)", [(byte)value], "");
        }

        // In a stream real-time bytes may stand anywhere; recorders wrote them into files.
        while (_track.PeekByte("an event's data") is >= 0xF8 and < 0xFF)
        {
            _track.Byte("a real-time byte");
        }

        if (_track.Position > start && _track.PeekByte("an event's data") < 0x80)
        {
            _faults.Report(start, "an event's data (below 0x80)", [(byte)value], "real-time bytes in events are passed over");
            return _track.Byte("an event's data");
        }

        _track.Position = start;
        return _track.Byte("an event's data");
    }

    private void ReadMetaEvent()
    {
        int type = _track.Byte("a meta event's type");
        if (!TryLength(UsualLength(type), "a meta event", out int length))
        {
            return;
        }

        int start = _track.Position;
        ReadOnlySpan<byte> data = _track.Bytes(length, "a meta event's data");
        switch (type)
        {
            case EndOfTrack:
                // Whole events up to another end are no rubbish: a merged or patched track goes on.
                _hasEnded = _faults.IsStrict || !MidiSense.Ends(_track.Rest, 0);
                if (!_hasEnded)
                {
                    _faults.Report(start, "an end of track behind its last event", _track.Rest, "ends of tracks before events are passed over");
                }

                break;
            case 0x03:
                _score.TrackName(data);
                break;
            default:
                MidiSignatures.Read(type, data, start, _tick, _score, _faults);
                break;
        }
    }

    /// <summary>How many bytes the standard gives a meta event; -1 where it may be any number.</summary>
    private static int UsualLength(int type) => type switch
    {
        0x00 or 0x59 => 2,
        0x20 or 0x21 => 1,
        EndOfTrack => 0,
        0x51 => 3,
        0x54 => 5,
        0x58 => 4,
        _ => -1,
    };

    /// <summary>
    /// Reads a length and stays before the data. One that leads to nonsense gives way to the usual one if that does not; where neither is
    /// any good, goes on at the next event.
    /// </summary>
    private bool TryLength(int usual, string what, out int length)
    {
        int start = _track.Position;
        ReadOnlySpan<byte> rest = _track.Rest;
        if (_faults.IsStrict)
        {
            length = _track.VariableLength($"{what}'s length");
            return true;
        }

        bool fits = _track.TryVariableLength(out length) && length <= _track.Remaining;
        if (fits && (MidiSense.Makes(_track.Rest[length..], _running) || length == usual))
        {
            return true;
        }

        int data = _track.Position;
        if (usual >= 0 && start + 1 + usual <= _track.End)
        {
            _track.Position = start + 1;
            if (usual == 0 || MidiSense.Makes(_track.Rest[usual..], _running))
            {
                length = usual;
                _faults.Report(start, $"{what} of {usual} bytes", rest, "lengths of events that lead to nonsense give way to the usual ones");
                return true;
            }

            _track.Position = data;
        }

        if (!fits)
        {
            // Behind the length, whose bytes may look like a status.
            FindEvent($"{what}'s length that stays within the track");
        }

        return fits;
    }

    /// <summary>Steps over a system exclusive message; where its length is wrong, up to its end byte.</summary>
    private void SkipExclusive()
    {
        int start = _track.Position;
        if (_faults.IsStrict)
        {
            _track.Bytes(_track.VariableLength("a system exclusive message's length"), "a system exclusive message");
            return;
        }

        bool fits = _track.TryVariableLength(out int length) && length <= _track.Remaining;
        if (fits && MidiSense.Makes(_track.Rest[length..], _running))
        {
            _track.Position += length;
            return;
        }

        int data = _track.Position;
        _track.Position = start;
        int end = _track.Rest.IndexOf((byte)0xF7);
        if (end >= 0 && MidiSense.Makes(_track.Rest[(end + 1)..], _running))
        {
            _faults.Report(start, "a system exclusive message's length", _track.Rest, "system exclusive messages of a wrong length are passed over to their end");
            _track.Position = start + end + 1;
        }
        else
        {
            // The data of a message are below 0x80: one that holds others, and leads to nonsense, ended before them.
            _track.Position = data;
            if (fits && !_track.Rest[..length].ContainsAnyInRange((byte)0x80, (byte)0xFF))
            {
                _track.Position += length;
            }
            else
            {
                FindEvent("a system exclusive message's length that stays within the track");
            }
        }
    }

    private void SkipSystemEvent(int status)
    {
        int count = MidiSense.DataBytes(status);
        if (count < 0)
        {
            _faults.Report(_track.Position, "an event's status, not an undefined one", [(byte)status], "undefined events are passed over");
        }

        for (; count > 0; count--)
        {
            DataByte();
        }

        // A stream has no times: what was recorded as it came goes on with the next status.
        _timeIsLost = !_faults.IsStrict && !MidiSense.Makes(_track.Rest, _running) && MidiSense.Makes(_track.Rest, _running, atStatus: true, anyData: true);
    }
}
