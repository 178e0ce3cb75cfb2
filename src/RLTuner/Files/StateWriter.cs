using System.Buffers.Binary;
using System.Text;

namespace RLTuner.Files;

/// <summary>Writes a state as sections with names, one after another.</summary>
public sealed class StateWriter
{
    private readonly Stream _stream;

    internal StateWriter(Stream stream) => _stream = stream;

    /// <summary>Writes a section.</summary>
    /// <param name="name">Such as <c>adam.mean</c>.</param>
    /// <param name="write">Writes the content.</param>
    public void Section(string name, Action<BinaryWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using (BinaryWriter names = new(_stream, Encoding.UTF8, leaveOpen: true))
        {
            names.Write(name);
        }

        using SectionStream section = new(_stream);
        using (BinaryWriter writer = new(section, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        section.End();
    }

    /// <summary>The content in blocks, each after its length; a block without length ends it. So no length need be known before.</summary>
    private sealed class SectionStream(Stream inner) : OneWayStream
    {
        private readonly byte[] _block = new byte[SectionBlocks.Length];
        private int _count;

        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                int part = Math.Min(buffer.Length, _block.Length - _count);
                buffer[..part].CopyTo(_block.AsSpan(_count));
                _count += part;
                buffer = buffer[part..];
                if (_count == _block.Length)
                {
                    WriteBlock();
                }
            }
        }

        public void End()
        {
            if (_count > 0)
            {
                WriteBlock();
            }

            WriteBlock();
        }

        private void WriteBlock()
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, _count);
            inner.Write(length);
            inner.Write(_block.AsSpan(0, _count));
            _count = 0;
        }
    }
}

/// <summary>How sections are cut.</summary>
internal static class SectionBlocks
{
    /// <summary>The most bytes in a block.</summary>
    public const int Length = 1 << 16;
}
