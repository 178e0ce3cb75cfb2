using System.Globalization;

namespace RLTuner.Scores.Abc;

/// <summary>Sorts the lines of a file into tunes.</summary>
/// <param name="name">What messages call the file.</param>
/// <param name="blocksEndAtTunes">Whether an X: line ends a block such as %%begintext that nothing else does.</param>
internal sealed class AbcSplitter(string name, bool blocksEndAtTunes)
{
    /// <summary>The most tunes that a file may hold; the largest collections have some ten thousand.</summary>
    private const int MaxTunes = 1 << 17;

    /// <summary>The longest M:, L: or Q: line before the first tune, in characters: every tune reads it again.</summary>
    private const int MaxHeaderLine = 1000;

    private readonly List<AbcTune> _tunes = [];
    private readonly Dictionary<char, AbcLine> _fileHeader = [];

    // Fields since the last blank line outside tunes: the header of a tune if music follows.
    private readonly List<AbcLine> _loose = [];
    private List<AbcLine>? _lines;
    private bool _hasLooseKey;
    private bool _hasKey;
    private bool _hasMusic;
    private string? _blockEnd;

    /// <summary>Whether the end of a block such as %%begintext is still to come.</summary>
    public bool IsInBlock => _blockEnd is not null;

    public void Add(int number, ReadOnlySpan<char> text)
    {
        if (_blockEnd is not null && !(blocksEndAtTunes && text.StartsWith("X:", StringComparison.Ordinal)))
        {
            _blockEnd = text.StartsWith(_blockEnd, StringComparison.Ordinal) ? null : _blockEnd;
            return;
        }

        _blockEnd = null;
        if (text.StartsWith("%%begin", StringComparison.Ordinal))
        {
            // Of %%begintext obeylines the end is %%endtext.
            ReadOnlySpan<char> kind = text[7..];
            int space = kind.IndexOfAny(' ', '\t');
            _blockEnd = $"%%end{(space < 0 ? kind : kind[..space])}";
            return;
        }

        AbcLine line = new(number, WithoutComment(text));
        if (line.Field == 'X')
        {
            EndTune();
            ForgetLoose();
            (_lines, _hasKey, _hasMusic) = ([.. _fileHeader.Values, line], false, false);
        }
        else if (_lines is null && _loose.Count > 0 && IsMusic(line) && (_hasLooseKey || line.Text.Contains('|', StringComparison.Ordinal)))
        {
            (_lines, _hasKey, _hasMusic) = ([.. _fileHeader.Values, .. _loose, line], true, true);
            ForgetLoose();
        }
        else if (_lines is null)
        {
            if (line.Field is not null)
            {
                _loose.Add(line);
                _hasLooseKey |= line.Field == 'K';
            }
            else if (text.IsWhiteSpace())
            {
                ForgetLoose();
            }

            if (_tunes.Count == 0 && line.Field is 'M' or 'L' or 'Q')
            {
                _fileHeader[line.Text[0]] = line.Text.Length <= MaxHeaderLine ? line : throw new AbcFormatException(
                    name, number, $"expected a line of at most {MaxHeaderLine} characters before the first tune, found a longer one (shorten it)");
            }
        }
        else if (_hasMusic && text.IsWhiteSpace())
        {
            EndTune();
        }
        else if (line.Text.Length > 0)
        {
            _lines.Add(line);
            _hasMusic |= _hasKey && IsMusic(line);
            _hasKey |= line.Field == 'K';
        }
    }

    public List<AbcTune> Tunes()
    {
        EndTune();
        return _tunes;
    }

    private void ForgetLoose()
    {
        _loose.Clear();
        _hasLooseKey = false;
    }

    private void EndTune()
    {
        if (_lines is not null)
        {
            AbcLine number = _lines.Find(line => line.Field == 'X');
            _tunes.Add(new AbcTune(name, NumberOf(number), FirstTitle(_lines), _lines)
            {
                Remarks = number.Text is null
                    ? [new Remark($"line {_lines[Math.Min(_fileHeader.Count, _lines.Count - 1)].Number}", "expected an X: line at the start of a tune, found none", "tunes without X: are read")]
                    : [],
            });
            _lines = null;
            if (_tunes.Count > MaxTunes)
            {
                throw new AbcFormatException(name, null, $"expected at most {MaxTunes} tunes, found more (split the file)");
            }
        }
    }

    private static bool IsMusic(AbcLine line) => line.Text.Length > 0 && line.Field is null && line.Text[0] is not ('%' or '<');

    private static int NumberOf(AbcLine line)
    {
        string digits = line.Text is null ? "" : new([.. line.Value.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    private static string FirstTitle(List<AbcLine> lines)
    {
        AbcLine line = lines.FirstOrDefault(line => line.Field == 'T');
        return line.Text is null ? "" : line.Value.Length > 80 ? string.Concat(line.Value.AsSpan(0, 80), "...") : line.Value;
    }

    /// <summary>Directives (%%) stay: they look like comments to those who do not know them.</summary>
    private static string WithoutComment(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("%%", StringComparison.Ordinal))
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '%' && (i == 0 || text[i - 1] != '\\'))
                {
                    text = text[..i];
                }
            }
        }

        return text.TrimEnd().ToString();
    }
}
