using System.Buffers;
using System.Buffers.Binary;

namespace RLTuner.Scores.Midi;

/// <summary>A track being written, its events in order of time.</summary>
internal sealed class MidiTrackBuffer
{
    private readonly ArrayBufferWriter<byte> _events = new();
    private long _tick;

    public void Event(long tick, params ReadOnlySpan<byte> bytes)
    {
        Advance(tick);
        _events.Write(bytes);
    }

    public void Meta(long tick, byte type, ReadOnlySpan<byte> data)
    {
        Advance(tick);
        _events.Write<byte>([0xFF, type]);
        VariableLength((uint)data.Length);
        _events.Write(data);
    }

    /// <summary>Ends the track at a tick and writes it as a chunk.</summary>
    public void WriteTo(Stream file, long endTick)
    {
        Meta(endTick, 0x2F, []);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, _events.WrittenCount);
        file.Write("MTrk"u8);
        file.Write(length);
        file.Write(_events.WrittenSpan);
    }

    private void Advance(long tick)
    {
        VariableLength(checked((uint)(tick - _tick)));
        _tick = tick;
    }

    private void VariableLength(uint value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0x0FFF_FFFFu);
        for (int shift = 21; shift > 0; shift -= 7)
        {
            if (value >> shift != 0)
            {
                _events.Write<byte>([(byte)(0x80 | ((value >> shift) & 0x7F))]);
            }
        }

        _events.Write<byte>([(byte)(value & 0x7F)]);
    }
}
