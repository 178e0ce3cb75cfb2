using System.Buffers.Binary;
using System.Text;

namespace RLTuner.Files;

/// <summary>Reads what a <see cref="StateWriter"/> wrote, section by section in the same order.</summary>
public sealed class StateReader
{
    private readonly Stream _stream;

    internal StateReader(Stream stream) => _stream = stream;

    /// <summary>Reads a section.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads the content, all of it.</param>
    /// <exception cref="InvalidDataException">The next section has another name, or the content another length.</exception>
    public void Section(string name, Action<BinaryReader> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using (BinaryReader names = new(_stream, Encoding.UTF8, leaveOpen: true))
        {
            string found = names.ReadString();
            if (found != name)
            {
                throw new InvalidDataException($"expected the section '{name}', found '{found}'");
            }
        }

        using SectionStream section = new(_stream);
        using (BinaryReader reader = new(section, Encoding.UTF8, leaveOpen: true))
        {
            read(reader);
        }

        if (section.ReadByte() >= 0)
        {
            throw new InvalidDataException($"expected the section '{name}' to end, found more");
        }
    }

    private sealed class SectionStream(Stream inner) : OneWayStream
    {
        private int _left;
        private bool _ended;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            if (_left == 0 && !_ended)
            {
                Span<byte> length = stackalloc byte[sizeof(int)];
                inner.ReadExactly(length);
                _left = BinaryPrimitives.ReadInt32LittleEndian(length);
                _ended = _left == 0;
                if (_left is < 0 or > SectionBlocks.Length)
                {
                    throw new InvalidDataException($"expected blocks of at most {SectionBlocks.Length} bytes, found {_left}");
                }
            }

            int count = _left == 0 ? 0 : inner.Read(buffer[..Math.Min(buffer.Length, _left)]);
            _left -= count;
            return count == 0 && _left > 0 && buffer.Length > 0 ? throw new EndOfStreamException() : count;
        }
    }
}
