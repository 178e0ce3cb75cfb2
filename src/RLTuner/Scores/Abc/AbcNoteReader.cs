namespace RLTuner.Scores.Abc;

/// <summary>Reads notes, chords and lengths. What cannot be read takes its default: no accidental, a length of one unit, a rest for a pitch.</summary>
internal sealed class AbcNoteReader(AbcCursor cursor, AbcTuneReader tune)
{
    private const int MaxLength = 100_000;

    public static bool StartsNote(char sign) => sign is '^' or '_' or '=' or (>= 'A' and <= 'G') or (>= 'a' and <= 'g');

    /// <summary>Reads a note into the voice; an accidental before no note is passed over.</summary>
    public void ReadNote()
    {
        if (TryNote(out AbcNote note))
        {
            tune.Voice.Add(note.Pitch < 0 ? [] : [note], note.Length);
        }
    }

    /// <summary>Reads what stands in brackets; one that is never closed ends with the word.</summary>
    public void ReadChord()
    {
        int start = cursor.At++;
        int next = cursor.Text.AsSpan(start + 1).IndexOfAny(']', '[', '|');
        int end = start + 1 + next;
        if (next < 0 || cursor.Text[end] != ']')
        {
            cursor.PassOver("] at the end of a chord", start, "chords that are not closed end with the word");
            end = cursor.EndOfWord();
        }

        List<AbcNote> notes = [];
        while (cursor.At < end)
        {
            char sign = cursor.Peek();
            if (sign == '"')
            {
                cursor.SkipTo('"', "quotes that are not closed are passed over to the end of the word");
            }
            else if (sign is '!' or '+')
            {
                SkipDecoration(sign);
            }
            else if (!StartsNote(sign))
            {
                cursor.At++;
            }
            else if (TryNote(out AbcNote note) && note.Pitch >= 0)
            {
                notes.Add(note);
            }
        }

        cursor.At += cursor.Peek() == ']' ? 1 : 0;
        long scale = ReadLength(AbcTiming.TicksPerWhole);
        bool isTied = cursor.Peek() == '-';
        cursor.At += isTied ? 1 : 0;
        for (int i = 0; i < notes.Count; i++)
        {
            long length = Math.Max(1, notes[i].Length * scale / AbcTiming.TicksPerWhole);
            notes[i] = notes[i] with { Length = length, IsTied = notes[i].IsTied || isTied };
        }

        if (notes.Count > 0)
        {
            // The first note says how long the chord is.
            tune.Voice.Add([.. notes], notes[0].Length);
        }
    }

    /// <summary>!trill! and the older +trill+; a sign alone is an old line break.</summary>
    public void SkipDecoration(char sign)
    {
        string text = cursor.Text;
        int end = cursor.At + 1;
        while (end < text.Length && end < cursor.At + 40 && text[end] != sign && text[end] is not (' ' or '|' or '['))
        {
            end++;
        }

        cursor.At = end < text.Length && text[end] == sign ? end + 1 : cursor.At + 1;
    }

    /// <summary>A length such as 2, 3/2, / or //, in units.</summary>
    public long ReadLength(long unit)
    {
        int start = cursor.At;
        long numerator = cursor.Number(MaxLength) ?? 1;
        long denominator = 1;
        while (cursor.Peek() == '/')
        {
            cursor.At++;
            long divisor = cursor.Number(MaxLength) ?? 2;
            denominator = denominator * divisor is > 0 and <= MaxLength ? denominator * divisor : -1;
            if (denominator < 0)
            {
                cursor.PassOver($"a length such as 2, 3/2 or /, its divisor 1 to {MaxLength}", start, "lengths that make no sense count as one unit");
                (numerator, denominator) = (1, 1);
            }
        }

        // A note without length is one that old typists meant to show and not to measure: abc2midi gives it a unit.
        numerator = numerator == 0 ? 1 : numerator;
        return Math.Max(1, ((unit * numerator) + (denominator / 2)) / denominator);
    }

    private bool TryNote(out AbcNote note)
    {
        int start = cursor.At;
        int? accidental = ReadAccidental();
        char name = cursor.Peek();
        int letter = name == '\0' ? -1 : AbcKey.LetterIndex(name);
        note = default;
        if (letter < 0)
        {
            cursor.PassOver("a note such as ^f' or _B,2", start, "accidentals without a note are passed over");
            return false;
        }

        cursor.At++;
        int octave = char.IsAsciiLetterLower(name) ? 1 : 0;
        for (; cursor.Peek() is '\'' or ','; cursor.At++)
        {
            octave += cursor.Peek() == ',' ? -1 : 1;
        }

        int pitch = Math.Abs(octave) > 12 ? -1 : tune.Voice.PitchOf(letter, octave, accidental);
        if (pitch is < 0 or > 127)
        {
            cursor.PassOver("a pitch from C,,,,, to g''''''", start, "notes beyond all pitches become rests");
            pitch = -1;
        }

        long length = ReadLength(tune.Voice.Settings.Unit);
        bool isTied = cursor.Peek() == '-';
        cursor.At += isTied ? 1 : 0;
        note = new AbcNote(0, (7 * octave) + letter, pitch, accidental is not null, 0, length, isTied);
        return true;
    }

    /// <summary>^, _ and =, doubled or not; quarter tones such as ^/ and _3/2 go up to the next semitone. Null where there is none.</summary>
    private int? ReadAccidental()
    {
        int start = cursor.At;
        int semitones = 0;
        for (; cursor.Peek() is '^' or '_' or '='; cursor.At++)
        {
            semitones += cursor.Peek() == '^' ? 1 : cursor.Peek() == '_' ? -1 : 0;
        }

        if (cursor.At == start)
        {
            return null;
        }

        if (semitones is < -2 or > 2)
        {
            cursor.PassOver("at most two sharps or flats", start, "further sharps and flats are passed over");
            semitones = Math.Clamp(semitones, -2, 2);
        }

        int digits = 0;
        while (char.IsAsciiDigit(cursor.Peek(digits)))
        {
            digits++;
        }

        if (cursor.Peek(digits) != '/')
        {
            return semitones;
        }

        int numerator = cursor.Number(MaxLength) ?? 1;
        cursor.At++;
        int denominator = Math.Max(1, cursor.Number(MaxLength) ?? 2);
        return (int)Math.Floor(((double)semitones * numerator / denominator) + 0.5);
    }
}
