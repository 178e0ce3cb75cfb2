using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RLTuner.TensorFlow.Tables;

/// <summary>
/// Writes a sorted table as TensorFlow does, to the byte: blocks of 256 KiB without compression, keys that leave out what they share with the key before but for
/// every 16th, an index whose keys are as short as they may be, an empty block of metadata, the footer.
/// </summary>
/// <param name="file">Where to; written from its beginning.</param>
internal sealed class SortedTableWriter(Stream file)
{
    private const int BlockSize = 256 * 1024, RestartInterval = 16;

    private readonly Block _block = new(RestartInterval), _index = new(restartInterval: 1);
    private byte[] _lastKey = [];
    private BlockHandle? _unlisted;
    private long _position;

    /// <summary>Adds an entry; keys rise.</summary>
    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        if (_unlisted is { } handle)
        {
            List(Between(_lastKey, key), handle);
        }

        _block.Add(key, value);
        _lastKey = key;
        if (_block.Size >= BlockSize)
        {
            _unlisted = Write(_block);
        }
    }

    /// <summary>Writes the rest.</summary>
    public void Finish()
    {
        _unlisted ??= _block.IsEmpty ? null : Write(_block);
        BlockHandle metadata = Write(new Block(RestartInterval));
        if (_unlisted is { } handle)
        {
            List(After(_lastKey), handle);
        }

        List<byte> footer = [];
        AppendHandle(footer, metadata);
        AppendHandle(footer, Write(_index));
        footer.AddRange(new byte[SortedTable.FooterSize - sizeof(ulong) - footer.Count]);
        Span<byte> magic = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(magic, SortedTable.Magic);
        file.Write([.. footer, .. magic]);
    }

    private void List(byte[] key, BlockHandle handle)
    {
        List<byte> place = [];
        AppendHandle(place, handle);
        _index.Add(key, [.. place]);
        _unlisted = null;
    }

    private BlockHandle Write(Block block)
    {
        byte[] stored = [.. block.Finish(), 0]; // not compressed
        BlockHandle handle = new(_position, stored.Length - 1);
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum.Masked(stored));
        file.Write(stored);
        file.Write(checksum);
        _position += stored.Length + checksum.Length;
        return handle;
    }

    /// <summary>A short key from the last of a block to the first of the next, that one left out.</summary>
    private static byte[] Between(byte[] last, byte[] next)
    {
        int shared = last.AsSpan().CommonPrefixLength(next);
        return shared < Math.Min(last.Length, next.Length) && last[shared] < byte.MaxValue && last[shared] + 1 < next[shared]
            ? [.. last.AsSpan(0, shared), (byte)(last[shared] + 1)]
            : last;
    }

    /// <summary>A short key that is no less than the last of all.</summary>
    private static byte[] After(byte[] last)
    {
        int place = last.AsSpan().IndexOfAnyExcept(byte.MaxValue);
        return place < 0 ? last : [.. last.AsSpan(0, place), (byte)(last[place] + 1)];
    }

    private static void AppendHandle(List<byte> bytes, BlockHandle handle)
    {
        AppendVarint(bytes, handle.Offset);
        AppendVarint(bytes, handle.Size);
    }

    private static void AppendVarint(List<byte> bytes, long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }

    /// <summary>The entries of a block as they grow.</summary>
    private sealed class Block(int restartInterval)
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly List<int> _restarts = [0];
        private byte[] _last = [];
        private int _sinceRestart;

        public bool IsEmpty => _bytes.WrittenCount == 0;

        public int Size => _bytes.WrittenCount + (sizeof(uint) * (_restarts.Count + 1));

        public void Add(byte[] key, ReadOnlySpan<byte> value)
        {
            if (_sinceRestart == restartInterval)
            {
                _restarts.Add(_bytes.WrittenCount);
                (_last, _sinceRestart) = ([], 0);
            }

            int shared = key.AsSpan().CommonPrefixLength(_last);
            List<byte> lengths = [];
            AppendVarint(lengths, shared);
            AppendVarint(lengths, key.Length - shared);
            AppendVarint(lengths, value.Length);
            _bytes.Write(CollectionsMarshal.AsSpan(lengths));
            _bytes.Write(key.AsSpan(shared));
            _bytes.Write(value);
            _last = key;
            _sinceRestart++;
        }

        /// <summary>The block; the next begins empty.</summary>
        public byte[] Finish()
        {
            Span<byte> word = stackalloc byte[sizeof(uint)];
            foreach (int number in _restarts.Append(_restarts.Count))
            {
                BinaryPrimitives.WriteInt32LittleEndian(word, number);
                _bytes.Write(word);
            }

            byte[] block = _bytes.WrittenSpan.ToArray();
            _bytes.ResetWrittenCount();
            _restarts.RemoveRange(1, _restarts.Count - 1);
            (_last, _sinceRestart) = ([], 0);
            return block;
        }
    }
}
