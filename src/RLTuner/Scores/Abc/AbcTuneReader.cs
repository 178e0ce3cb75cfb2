namespace RLTuner.Scores.Abc;

/// <summary>Reads the lines of a tune: fields set what holds for its voices, lines of music go to the voice that is on.</summary>
internal sealed class AbcTuneReader(AbcTune tune, bool impliesKey = false)
{
    private const int MaxVoices = 256;
    private const int MaxCharacters = 2 << 20;

    private readonly Dictionary<string, AbcVoice> _voices = [];
    private readonly List<AbcVoice> _order = [];
    private readonly List<string> _declarations = [];
    private AbcSettings _settings = new();
    private AbcVoice? _voice;
    private readonly RemarkList _remarks = new();
    private bool _inBody;
    private int _line;
    private int _events;
    private string _part = "";

    /// <summary>What was passed over.</summary>
    public IReadOnlyList<Remark> Remarks => _remarks.All;

    /// <summary>The order of parts from P: in the header, empty where there is none.</summary>
    public string PartOrder { get; private set; } = "";

    /// <summary>The voice that the next sign belongs to.</summary>
    public AbcVoice Voice
    {
        get
        {
            _voice ??= _declarations.Count > 0 ? Select(_declarations[0]) : Select("");
            _voice.StartPart(_part);
            return _voice;
        }
    }

    /// <summary>The voices in the order in which they first appear.</summary>
    /// <exception cref="AbcFormatException">A line cannot be read.</exception>
    public IReadOnlyList<AbcVoice> Read()
    {
        if (tune.Lines.Sum(line => (long)line.Text.Length) > MaxCharacters)
        {
            throw new AbcFormatException(tune.Name, null, $"expected a tune of at most {MaxCharacters} characters, found a longer one (split it)");
        }

        _remarks.AddRange(tune.Remarks);
        try
        {
            foreach (AbcLine line in tune.Lines)
            {
                _line = line.Number;
                ReadLine(line);
            }
        }
        catch (FormatException error)
        {
            throw new AbcFormatException(tune.Name, _line, error.Message);
        }

        if (!_inBody)
        {
            throw new AbcFormatException(tune.Name, _line, "expected a K: line (the key) at the end of the tune's header, found none");
        }

        foreach (AbcVoice voice in _order)
        {
            voice.Finish();
        }

        return _order;
    }

    /// <summary>As <see cref="RemarkList.IsNew"/>.</summary>
    public bool IsNew(string action) => _remarks.IsNew(action);

    /// <summary>Describes what was passed over in the line being read.</summary>
    public void Remark(string problem, string action) =>
        _remarks.Add(new Remark($"tune {tune.Number}, line {_line}", AbcFormatException.Start(problem), action));

    /// <summary>A field on a line of its own or, in brackets, within music.</summary>
    public void Field(char field, string value, bool isInline = false)
    {
        switch (field)
        {
            case 'K' or 'M' or 'L' or 'Q':
                bool isUnderstood = true;
                Change(settings => settings.With(field, value, out isUnderstood));
                PassOver(isUnderstood, field, value);
                if (field == 'K' && !_inBody)
                {
                    EndHeader();
                }

                break;
            case 'V' when !_inBody:
                _declarations.Add(value);
                break;
            case 'V':
                _voice = Select(value);
                break;
            case 'P' when !_inBody:
                string? order = AbcPartOrder.Expand(value);
                PassOver(order is not null, field, value);
                PartOrder = order ?? "";
                break;
            case 'P' when value.Length > 0:
                _part = value[..1];
                break;
            case 'w' when !isInline && _voice is not null:
                _voice.HasLyrics |= value.Any(char.IsLetter);
                break;
        }
    }

    private void ReadLine(AbcLine line)
    {
        if (line.Field is { } field)
        {
            Field(field, line.Value);
        }
        else if (line.Text[0] == '%')
        {
            bool isUnderstood = true;
            Change(settings => settings.WithDirective(line.Text, out isUnderstood));
            PassOver(isUnderstood, '%', line.Text);
        }
        else if (line.Text[0] == '<')
        {
            const string Action = "lines that begin with < are passed over";
            if (IsNew(Action))
            {
                Remark($"expected music, found '{line.Text}'", Action);
            }
        }
        else if (_inBody || ImpliesKey(line.Text))
        {
            new AbcMusicLine(line.Text, this).Read();
        }
    }

    /// <summary>In a tune without K: the first line with bars and notes ends the header.</summary>
    private bool ImpliesKey(string line)
    {
        if (!impliesKey || !line.Contains('|', StringComparison.Ordinal) || !line.Any(AbcNoteReader.StartsNote))
        {
            return false;
        }

        Remark("expected a K: line (the key) at the end of the tune's header, found none", "the tune is read without a key");
        EndHeader();
        return true;
    }

    private void Count(int events)
    {
        _events += events;
        if (_events > AbcPerformer.MaxEvents)
        {
            throw new FormatException($"expected a tune of at most {AbcPerformer.MaxEvents} bars, notes and fields, found more (split it)");
        }
    }

    private void PassOver(bool isUnderstood, char field, string value)
    {
        (string expected, string action) = field switch
        {
            'K' => ("a key such as K:Em", "of keys what cannot be understood is passed over"),
            'M' => ("a metre such as M:3/4, M:C or M:none", "metres that cannot be read count as none"),
            'L' => ("a length such as L:1/8", "unit lengths that cannot be read are passed over"),
            'Q' => ("a tempo such as Q:1/4=120, 1 to 10000 quarters a minute", "tempos that cannot be read are passed over"),
            'P' => ($"an order of at most {AbcPartOrder.MaxParts} parts such as P:A2B", "orders of parts that cannot be read are passed over"),
            'V' => ("a voice such as V:1 octave=-1", "of voices what cannot be understood is passed over"),
            _ => ("a number from -120 to 120", "transpositions that cannot be read are passed over"),
        };
        if (!isUnderstood && IsNew(action))
        {
            Remark($"expected {expected}, found '{value}'", action);
        }
    }

    /// <summary>Changes the voice that is on, or all where none has been called yet.</summary>
    private void Change(Func<AbcSettings, AbcSettings> change)
    {
        if (_voice is not null)
        {
            _voice.Change(change(_voice.Settings));
            return;
        }

        _settings = change(_settings);
    }

    /// <summary>K: ends the header. A metre that comes later does not change the unit length.</summary>
    private void EndHeader()
    {
        _inBody = true;
        _settings = _settings with { ExplicitUnit = _settings.Unit };
    }

    /// <summary>Calls a voice; with the first, those that the header declares come to be, in its order.</summary>
    private AbcVoice Select(string declaration)
    {
        if (_order.Count == 0)
        {
            _declarations.ForEach(declared => Find(declared));
        }

        return Find(declaration);
    }

    private AbcVoice Find(string declaration)
    {
        string[] words = declaration.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
        string id = words.Length > 0 ? words[0] : "";
        if (!_voices.TryGetValue(id, out AbcVoice? voice))
        {
            if (_order.Count == MaxVoices)
            {
                throw new FormatException($"expected at most {MaxVoices} voices, found more");
            }

            voice = new AbcVoice(id, _settings, Count);
            _voices.Add(id, voice);
            _order.Add(voice);
        }

        if (words.Length > 1)
        {
            voice.Change(voice.Settings.WithProperties(words[1], out bool isUnderstood));
            PassOver(isUnderstood, 'V', words[1]);
        }

        return voice;
    }
}
