namespace RLTuner.Scores.Abc;

/// <summary>
/// Reads a line of music sign by sign into the voice it belongs to. Signs that do not sound (slurs, decorations, chord names, grace
/// notes, spaces) are passed over, and so is, as the standard asks, whatever means nothing. Long, because a sign's meaning hangs on those
/// around it (a bracket opens a chord, a field or an ending), so that one cursor reads them all.
/// </summary>
internal sealed class AbcMusicLine
{
    private const int MaxPass = 99;
    private const int MaxRestBars = 10_000;

    private readonly AbcTuneReader _tune;
    private readonly AbcCursor _cursor;
    private readonly AbcNoteReader _notes;

    public AbcMusicLine(string text, AbcTuneReader tune)
    {
        _tune = tune;
        _cursor = new AbcCursor(text, tune);
        _notes = new AbcNoteReader(_cursor, tune);
    }

    public void Read()
    {
        while (!_cursor.AtEnd)
        {
            char sign = _cursor.Peek();
            switch (sign)
            {
                case '"':
                    _cursor.SkipTo('"', "quotes that are not closed are passed over to the end of the word");
                    break;
                case '{':
                    _cursor.SkipTo('}', "grace notes that are not closed are passed over to the end of the word", opening: '{');
                    break;
                case '!' or '+':
                    _notes.SkipDecoration(sign);
                    break;
                case '(' when char.IsAsciiDigit(_cursor.Peek(1)):
                    ReadTuplet();
                    break;
                case '[':
                    ReadBracket();
                    break;
                case '|':
                case ':' when _cursor.Peek(1) is '|' or ':':
                    ReadBarLine();
                    break;
                case '&':
                    _cursor.At++;
                    _tune.Voice.Overlay();
                    break;
                case '>' or '<':
                    int depth = _cursor.CountOf(sign);
                    _tune.Voice.Break(Math.Min(depth, 8), longFirst: sign == '>');
                    break;
                case '-':
                    _cursor.At++;
                    _tune.Voice.Tie();
                    break;
                case 'z' or 'x':
                    _cursor.At++;
                    _tune.Voice.Add([], _notes.ReadLength(_tune.Voice.Settings.Unit));
                    break;
                case 'Z' or 'X':
                    _cursor.At++;
                    _tune.Voice.Add([], _tune.Voice.Settings.BarLength * (_cursor.Number(MaxRestBars) ?? 1));
                    break;
                default:
                    if (AbcNoteReader.StartsNote(sign))
                    {
                        _notes.ReadNote();
                    }
                    else
                    {
                        _cursor.At++;
                    }

                    break;
            }
        }
    }

    /// <summary>(p:q:r — p notes in the time of q, for the next r.</summary>
    private void ReadTuplet()
    {
        int start = _cursor.At++;
        int p = _cursor.Number(64) ?? 0;
        int? q = null;
        int? r = null;
        if (_cursor.Peek() == ':')
        {
            _cursor.At++;
            q = _cursor.Number(64);
            if (_cursor.Peek() == ':')
            {
                _cursor.At++;
                r = _cursor.Number(64);
            }
        }

        bool isCompound = _tune.Voice.Settings.Metre is { Numerator: 6 or 9 or 12 or 15 };
        int time = q ?? p switch
        {
            2 or 4 or 8 => 3,
            3 or 6 => 2,
            _ => isCompound ? 3 : 2,
        };
        if (p == 0 || time == 0)
        {
            _cursor.PassOver("a tuplet such as (3 or (3:2:3", start, "tuplets that make no sense are passed over");
            return;
        }

        _tune.Voice.StartTuplet(time, p, r ?? p);
    }

    /// <summary>[1 starts an ending, [| is a bar line, [K:D] a field, all else a chord.</summary>
    private void ReadBracket()
    {
        char next = _cursor.Peek(1);
        if (char.IsAsciiDigit(next))
        {
            _cursor.At++;
            ReadEndings();
        }
        else if (next == '"' && IsQuotedEnding())
        {
            _cursor.At += 2;
            ReadEndings();
            _cursor.At = _cursor.Find('"', _cursor.At) + 1;
        }
        else if (next is '|')
        {
            ReadBarLine();
        }
        else if (next is ']')
        {
            _cursor.At += 2;
        }
        else if (char.IsAsciiLetter(next) && _cursor.Peek(2) == ':')
        {
            int start = _cursor.At + 3;
            if (_cursor.SkipTo(']', "fields in brackets that are not closed are passed over to the end of the word", opening: '['))
            {
                _tune.Field(next, _cursor.Text[start..(_cursor.At - 1)].Trim(), isInline: true);
            }
        }
        else
        {
            _notes.ReadChord();
        }
    }

    /// <summary>["1" and ["2-9" start endings too; with ] to come before the next bar line, it is a chord with a text above.</summary>
    private bool IsQuotedEnding()
    {
        int end = _cursor.Find('"', _cursor.At + 2);
        int next = end < 0 ? -1 : _cursor.Text.AsSpan(end).IndexOfAny('|', '[', ']');
        return char.IsAsciiDigit(_cursor.Peek(2)) && end >= 0 && (next < 0 || _cursor.Text[end + next] != ']');
    }

    /// <summary>Any run of | : ] and [|; colons before it repeat what was, colons after it start a repeat.</summary>
    private void ReadBarLine()
    {
        int start = _cursor.At;
        int bars = 0;
        int colonsBefore = 0;
        int colonsAfter = 0;
        int colonsWithin = 0;
        bool isThick = false;
        for (; !_cursor.AtEnd; _cursor.At++)
        {
            char sign = _cursor.Peek();
            if (sign == '|')
            {
                bars++;
                (colonsWithin, colonsAfter) = (Math.Max(colonsWithin, colonsAfter), 0);
            }
            else if (sign == ':')
            {
                (colonsBefore, colonsAfter) = bars == 0 ? (colonsBefore + 1, 0) : (colonsBefore, colonsAfter + 1);
            }
            else if ((sign == ']' && _cursor.At > start && _cursor.Text[_cursor.At - 1] is '|' or ':') || (sign == '[' && _cursor.Peek(1) == '|'))
            {
                isThick = true;
            }
            else
            {
                break;
            }
        }

        if (bars == 0)
        {
            // :: is short for :|: and :::: for ::|::
            (colonsBefore, colonsAfter) = (colonsBefore / 2, colonsBefore / 2);
        }

        if (colonsBefore == 0 && _tune.Voice.RepeatIsOpen)
        {
            // A bar line directly before :| starts no empty section.
            colonsBefore = colonsWithin;
        }

        _tune.Voice.BarLine(Math.Min(colonsBefore, MaxPass - 1), colonsAfter > 0, bars > 1 || isThick);
        if (char.IsAsciiDigit(_cursor.Peek()))
        {
            ReadEndings();
        }
    }

    /// <summary>A list of passes such as 1 or 1,3 or 1-3; dots after numbers mean nothing.</summary>
    private void ReadEndings()
    {
        SortedSet<int> passes = [];
        int last = _cursor.Number(MaxPass) ?? 1;
        passes.Add(last);
        SkipDot();
        while (_cursor.Peek() is ',' or '-' && char.IsAsciiDigit(_cursor.Peek(1)))
        {
            bool isRange = _cursor.Peek() == '-';
            _cursor.At++;
            int next = _cursor.Number(MaxPass) ?? 1;
            for (int pass = isRange ? last : next; pass <= next; pass++)
            {
                passes.Add(pass);
            }

            last = next;
            SkipDot();
        }

        _tune.Voice.StartEnding([.. passes]);
    }

    private void SkipDot() => _cursor.At += _cursor.Peek() == '.' ? 1 : 0;
}
