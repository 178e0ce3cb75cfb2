using System.Buffers.Binary;

namespace RLTuner.Scores.Midi;

/// <summary>A place in a MIDI file, and an end that nothing reads past.</summary>
internal ref struct MidiCursor(ReadOnlySpan<byte> file, int start, int end, string name)
{
    private const int MaxLengthBytes = 4;

    private readonly ReadOnlySpan<byte> _file = file;
    private readonly string _name = name;

    public int Position { get; set; } = start;

    public int End { get; } = end;

    /// <summary>What stands between the position and the end.</summary>
    public readonly ReadOnlySpan<byte> Rest => _file[Position..End];

    public readonly int Remaining => End - Position;

    public readonly bool AtEnd => Position >= End;

    public byte Byte(string what) => Bytes(1, what)[0];

    public readonly byte PeekByte(string what) =>
        AtEnd ? throw Error($"expected {what}, found the end (is the file cut short?)") : _file[Position];

    public ReadOnlySpan<byte> Bytes(int count, string what)
    {
        if (count < 0 || count > Remaining)
        {
            throw Error($"expected {what} ({count} bytes), found {Remaining} bytes before the end (is the file cut short?)");
        }

        ReadOnlySpan<byte> bytes = _file.Slice(Position, count);
        Position += count;
        return bytes;
    }

    public int UInt16(string what) => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2, what));

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4, what));

    /// <summary>A number of one to four bytes, seven bits each, most significant first; the last byte's top bit is clear.</summary>
    public int VariableLength(string what)
    {
        if (TryVariableLength(out int value))
        {
            return value;
        }

        throw Remaining < MaxLengthBytes
            ? Error($"expected {what} (1 byte), found the end (is the file cut short?)")
            : Error($"expected {what} (a number of at most four bytes), found a longer one (the file is damaged here)");
    }

    /// <summary>The same where there may be none; then the cursor stays.</summary>
    public bool TryVariableLength(out int value)
    {
        value = 0;
        for (int i = 0; i < MaxLengthBytes && Position + i < End; i++)
        {
            byte next = _file[Position + i];
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80)
            {
                Position += i + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>The next bytes as a cursor of their own; this one moves past them.</summary>
    public MidiCursor Slice(int count, string what)
    {
        int start = Position;
        Bytes(count, what);
        return new MidiCursor(_file, start, start + count, _name);
    }

    public readonly MidiFormatException Error(string problem) => new(_name, Position, problem);
}
