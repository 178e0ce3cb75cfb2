using System.Globalization;
using System.Text;

namespace RLTuner.Corpus.Reading;

/// <summary>
/// The regular files of a tar archive (ustar, with GNU's long names and the paths and sizes of pax), one after the other. No length that
/// it declares takes memory.
/// </summary>
/// <param name="archive">Its bytes; the caller closes it.</param>
internal sealed class TarFile(Stream archive)
{
    private const int Block = 512;

    /// <summary>The longest name and the largest set of pax attributes.</summary>
    private const int MaxWords = 1 << 16;

    private readonly Stream _archive = archive;
    private readonly byte[] _header = new byte[Block];
    private readonly byte[] _skipped = new byte[1 << 16];
    private long _left;
    private long _padding;

    /// <summary>The next file; null at the end.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public (string Name, long Size)? Next()
    {
        string? longName = null;
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        while (true)
        {
            Skip(_left + _padding);
            int count = _archive.ReadAtLeast(_header, Block, throwOnEndOfStream: false);
            if (count == 0 || !_header.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                return null;
            }

            if (count < Block || !HasRightSum())
            {
                throw new InvalidDataException(count < Block ? "it ends within a header" : "a header's checksum is wrong");
            }

            char kind = (char)_header[156];
            long size = Size();
            if (kind is 'L' or 'x')
            {
                string text = Words(size);
                longName = kind == 'L' ? text.TrimEnd('\0') : longName;
                Attributes(kind == 'x' ? text : "", words);
                continue;
            }

            if (words.TryGetValue("size", out string? real) && long.TryParse(real, NumberStyles.None, CultureInfo.InvariantCulture, out long given))
            {
                size = given;
            }

            (_left, _padding) = (size, (Block - (size % Block)) % Block);
            if (kind is '0' or '\0')
            {
                return (words.GetValueOrDefault("path") ?? longName ?? Name(), size);
            }

            longName = null;
            words.Clear();
        }
    }

    /// <summary>The content of the file found last.</summary>
    public Stream Content() => new Part(this);

    private bool HasRightSum()
    {
        int sum = 0;
        for (int i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? ' ' : _header[i];
        }

        return Octal(148, 8) == sum;
    }

    private long Size()
    {
        // GNU writes sizes beyond eight gigabytes as binary numbers.
        long size = (_header[124] & 0x80) == 0 ? Octal(124, 12) : -1;
        return size >= 0 ? size : throw new InvalidDataException("a file's size is no number");
    }

    private long Octal(int start, int length)
    {
        long value = 0;
        foreach (byte digit in _header.AsSpan(start, length).Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value * 8) + digit - '0';
        }

        return value;
    }

    private string Name()
    {
        string name = Text(0, 100);
        string prefix = _header.AsSpan(257, 5).SequenceEqual("ustar"u8) && _header[262] == 0 ? Text(345, 155) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private string Text(int start, int length)
    {
        ReadOnlySpan<byte> text = _header.AsSpan(start, length);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private string Words(long size)
    {
        if (size > MaxWords)
        {
            throw new InvalidDataException($"expected names and attributes of at most {MaxWords:N0} bytes, found {size:N0}");
        }

        (_left, _padding) = (size, (Block - (size % Block)) % Block);
        byte[] words = new byte[size];
        using Stream content = Content();
        return content.ReadAtLeast(words, words.Length, throwOnEndOfStream: false) == words.Length
            ? Encoding.UTF8.GetString(words)
            : throw new InvalidDataException("it ends within a name");
    }

    /// <summary>Lines such as <c>30 path=folder/tune.mid</c>.</summary>
    private static void Attributes(string text, Dictionary<string, string> words)
    {
        foreach (string line in text.Split('\n'))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal), equals = line.IndexOf('=', StringComparison.Ordinal);
            if (space > 0 && equals > space)
            {
                words[line[(space + 1)..equals]] = line[(equals + 1)..];
            }
        }
    }

    private void Skip(long count)
    {
        while (count > 0)
        {
            int read = _archive.Read(_skipped, 0, (int)Math.Min(count, _skipped.Length));
            count = read > 0 ? count - read : throw new InvalidDataException("it ends within a file");
        }

        (_left, _padding) = (0, 0);
    }

    private sealed class Part(TarFile tar) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = tar._left == 0 ? 0 : tar._archive.Read(buffer[..(int)Math.Min(buffer.Length, tar._left)]);
            tar._left -= count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
