using System.Text;

namespace RLTuner.Files;

/// <summary>Lines of a text whose lengths nobody vouches for: a line longer than the limit is refused before it is stored.</summary>
internal sealed class BoundedLineReader(TextReader text, int maxLength)
{
    private readonly char[] _block = new char[8192];
    private readonly StringBuilder _line = new();
    private int _position;
    private int _count;

    /// <summary>The number of the line read last, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Reads a line without its end; false at the end of the text.</summary>
    /// <exception cref="FormatException">The line is longer than the limit.</exception>
    public bool TryRead(out string line)
    {
        _line.Clear();
        bool any = false;
        while (Fill())
        {
            if (!any)
            {
                any = true;
                LineNumber++;
            }

            ReadOnlySpan<char> rest = _block.AsSpan(_position, _count - _position);
            int end = rest.IndexOf('\n');
            ReadOnlySpan<char> piece = end < 0 ? rest : rest[..end];
            if (_line.Length + piece.Length > maxLength)
            {
                throw new FormatException("too long a line");
            }

            _line.Append(piece);
            _position += piece.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
            {
                break;
            }
        }

        line = _line.ToString();
        return any;
    }

    private bool Fill()
    {
        if (_position == _count)
        {
            _position = 0;
            _count = text.Read(_block, 0, _block.Length);
        }

        return _position < _count;
    }
}
