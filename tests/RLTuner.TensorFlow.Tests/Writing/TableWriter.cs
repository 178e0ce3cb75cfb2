using System.Buffers.Binary;
using Google.Protobuf;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Tests.Writing;

/// <summary>Writes sorted tables, so that tests can make every variant of a file.</summary>
/// <param name="BlockSize">Bytes after which a block is closed.</param>
/// <param name="RestartInterval">Entries between restart points.</param>
/// <param name="Snappy">Whether blocks are compressed.</param>
/// <param name="Damage">Changes a block's contents before its checksum is taken; null leaves them.</param>
internal sealed record TableWriter(int BlockSize = 4096, int RestartInterval = 16, bool Snappy = false, Action<byte[]>? Damage = null)
{
    public byte[] Write(IEnumerable<(byte[] Key, byte[] Value)> entries)
    {
        MemoryStream file = new();
        List<(byte[], byte[])> index = [];
        List<(byte[] Key, byte[] Value)> block = [];
        int size = 0;
        foreach ((byte[] key, byte[] value) in entries.OrderBy(entry => entry.Key, KeyOrder))
        {
            block.Add((key, value));
            size += key.Length + value.Length;
            if (size >= BlockSize)
            {
                index.Add((key, Handle(Append(file, block, Snappy))));
                block.Clear();
                size = 0;
            }
        }

        if (block.Count > 0)
        {
            index.Add((block[^1].Key, Handle(Append(file, block, Snappy))));
        }

        byte[] metaHandle = Handle(Append(file, [], false));
        byte[] footer = [.. metaHandle, .. Handle(Append(file, index, Snappy))];
        file.Write([.. footer, .. new byte[40 - footer.Length]]);
        file.Write(BitConverter.GetBytes(SortedTable.Magic));
        return file.ToArray();
    }

    private static Comparer<byte[]> KeyOrder { get; } = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private (long Offset, int Size) Append(MemoryStream file, List<(byte[] Key, byte[] Value)> entries, bool snappy)
    {
        byte[] contents = Block(entries);
        Damage?.Invoke(contents);
        byte[] stored = [.. snappy ? Snappier.Snappy.CompressToArray(contents) : contents, snappy ? (byte)1 : (byte)0];
        (long, int) place = (file.Position, stored.Length - 1);
        file.Write(stored);
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum.Masked(stored));
        file.Write(checksum);
        return place;
    }

    private byte[] Block(List<(byte[] Key, byte[] Value)> entries)
    {
        MemoryStream block = new();
        List<int> restarts = [0];
        for (int i = 0; i < entries.Count; i++)
        {
            (byte[] key, byte[] value) = entries[i];
            bool restart = i % RestartInterval == 0;
            if (restart && i > 0)
            {
                restarts.Add((int)block.Position);
            }

            int shared = restart ? 0 : key.AsSpan().CommonPrefixLength(entries[i - 1].Key);
            block.Write([.. Varint(shared), .. Varint(key.Length - shared), .. Varint(value.Length), .. key.AsSpan(shared), .. value]);
        }

        foreach (int word in restarts.Append(restarts.Count))
        {
            block.Write(BitConverter.GetBytes(word));
        }

        return block.ToArray();
    }

    private static byte[] Handle((long Offset, int Size) place) => [.. Varint(place.Offset), .. Varint(place.Size)];

    private static byte[] Varint(long value)
    {
        using MemoryStream stream = new();
        CodedOutputStream output = new(stream, leaveOpen: true);
        output.WriteUInt64((ulong)value);
        output.Flush();
        return stream.ToArray();
    }
}
