using System.Globalization;

namespace RLTuner.Scores.Abc;

/// <summary>A place in a line of music.</summary>
internal sealed class AbcCursor(string text, AbcTuneReader tune)
{
    private readonly Dictionary<char, int> _found = [];

    public string Text => text;

    public int At { get; set; }

    public bool AtEnd => At >= text.Length;

    /// <summary>The sign so many places on; zero behind the end.</summary>
    public char Peek(int ahead = 0) => At + ahead < text.Length ? text[At + ahead] : '\0';

    /// <summary>Steps over a run of one sign and gives its length.</summary>
    public int CountOf(char sign)
    {
        int start = At;
        while (Peek() == sign)
        {
            At++;
        }

        return At - start;
    }

    /// <summary>Steps over a number; null where there is none, or one beyond the limit, which counts as none.</summary>
    public int? Number(int max)
    {
        int start = At;
        while (char.IsAsciiDigit(Peek()))
        {
            At++;
        }

        if (At == start)
        {
            return null;
        }

        if (int.TryParse(text.AsSpan(start, At - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= max)
        {
            return number;
        }

        PassOver($"a number up to {max}", start, "numbers too large are passed over");
        return null;
    }

    /// <summary>
    /// Steps behind the next sign of this kind; where the line has none before another opening one, over the word, and says so by false.
    /// </summary>
    public bool SkipTo(char end, string action, char? opening = null)
    {
        int close = Find(end, At + 1);
        int next = opening is { } sign ? Find(sign, At + 1) : -1;
        if (close >= 0 && (next < 0 || close < next))
        {
            At = close + 1;
            return true;
        }

        PassOver($"{end} before the line ends", At, action);
        At = EndOfWord();
        return false;
    }

    /// <summary>The next place of a sign from a place on, -1 for none. A long line is looked through once for each sign.</summary>
    public int Find(char sign, int from)
    {
        if (!_found.TryGetValue(sign, out int at) || at < from)
        {
            at = from < text.Length ? text.IndexOf(sign, from) : -1;
            at = at < 0 ? int.MaxValue : at;
            _found[sign] = at;
        }

        return at == int.MaxValue ? -1 : at;
    }

    /// <summary>Where the next space or bar line stands, or the end.</summary>
    public int EndOfWord()
    {
        int length = text.AsSpan(At).IndexOfAny(' ', '\t', '|');
        return length < 0 ? text.Length : At + length;
    }

    /// <summary>Notes what cannot be read.</summary>
    /// <param name="expected">What should stand there.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="action">What is done about it.</param>
    public void PassOver(string expected, int start, string action)
    {
        if (tune.IsNew(action))
        {
            string found = start >= text.Length ? "the end of the line" : $"'{text.Substring(start, Math.Min(20, text.Length - start))}'";
            tune.Remark($"expected {expected}, found {found}", action);
        }
    }
}
