using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RLTuner.TensorFlow.Protos;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>Reads V2 checkpoints: a sorted table says in which data file, and where in it, each tensor or slice lies.</summary>
internal sealed class CheckpointV2
{
    private const int NewestVersion = 1;
    private const int MostShards = 99_999;

    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _prefix;
    private readonly ByteSource _index;
    private readonly Dictionary<string, BundleEntryProto> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ByteSource> _shards = [];
    private int _shardCount;

    private CheckpointV2(string prefix)
    {
        _prefix = prefix;
        _index = new FileSource(prefix + ".index");
    }

    /// <summary>The tensors of the checkpoint with a prefix such as <c>folder/model.ckpt-1721</c>.</summary>
    public static IEnumerable<CheckpointTensor> Read(string prefix)
    {
        CheckpointV2 checkpoint = new(prefix);
        return checkpoint.ReadIndex();
    }

    /// <summary>The name of one data file, such as <c>model.ckpt-1721.data-00000-of-00001</c>.</summary>
    public static string ShardName(string prefix, int shard, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}.data-{shard:D5}-of-{count:D5}");

    private List<CheckpointTensor> ReadIndex()
    {
        List<(string Name, BundleEntryProto Entry)> named = [];
        bool first = true;
        foreach (TableEntry entry in new SortedTable(_index).Entries())
        {
            if (first)
            {
                ReadHeader(entry);
                first = false;
                continue;
            }

            BundleEntryProto parsed = ProtoReader.ParseMetadata(
                BundleEntryProto.Parser, entry.Value.Span, _index, "an entry of a V2 index");
            _entries.Add(Convert.ToHexString(entry.Key), parsed);

            // Keys of slices begin with a 0, as no name does.
            if (entry.Key[0] != 0)
            {
                named.Add((NameOf(entry.Key), parsed));
            }
        }

        return first
            ? throw _index.Error("expected the header of a V2 checkpoint, found an empty table")
            : [.. named.Select(pair => Tensor(pair.Name, pair.Entry))];
    }

    private void ReadHeader(TableEntry entry)
    {
        if (entry.Key.Length != 0)
        {
            throw _index.Error("expected the header of a V2 checkpoint under an empty key, found none");
        }

        BundleHeaderProto header = ProtoReader.ParseMetadata(
            BundleHeaderProto.Parser, entry.Value.Span, _index, "the header of a V2 index");
        if (header.NumShards is < 1 or > MostShards)
        {
            throw _index.Error($"expected 1 to {MostShards} data files, found {header.NumShards}. "
                + "Is it a V1 checkpoint under another name?");
        }

        if (header.Endianness != 0)
        {
            throw _index.Error("expected little-endian data, found big-endian. Save the checkpoint anew on another machine");
        }

        if ((header.Version?.MinConsumer ?? 0) > NewestVersion)
        {
            throw _index.Error($"expected bundle version up to {NewestVersion}, "
                + $"found one for readers of version {header.Version!.MinConsumer}");
        }

        _shardCount = header.NumShards;
    }

    private string NameOf(byte[] key)
    {
        try
        {
            return StrictText.GetString(key);
        }
        catch (DecoderFallbackException e)
        {
            throw _index.Error("expected tensor names in UTF-8, found one that is not. The file is damaged", e);
        }
    }

    private CheckpointTensor Tensor(string name, BundleEntryProto entry)
    {
        string where = $"{_index.Name}: {name}";
        ImmutableArray<long> shape = TensorShapes.Parse(entry.Shape, where);
        TensorType type = (TensorType)entry.Dtype;
        string file = Path.GetFileName(_prefix);
        if (entry.Slices.Count == 0)
        {
            CheckPlace(where, entry, type, TensorShapes.Count(shape, where));
            return new CheckpointTensor(file, name, type, shape, () => ReadData(where, entry));
        }

        Dictionary<TensorSlice, BundleEntryProto> slices = [];
        foreach (TensorSliceProto stored in entry.Slices)
        {
            TensorSlice slice = TensorSlice.Parse(stored, shape, where);
            if (!_entries.Remove(Convert.ToHexString(SortedKey.OfSlice(name, slice)), out BundleEntryProto? data))
            {
                throw new CheckpointFormatException(where, $"expected {entry.Slices.Count} slices once each, "
                    + "found one missing or listed twice");
            }

            CheckPlace(where, data, type, slice.Count);
            slices.Add(slice, data);
        }

        int size = TensorTypes.SizeOf(type);
        if (size > 0)
        {
            CheckProportion(where, slices.Values);
        }

        return new CheckpointTensor(
            file, name, type, shape,
            () => SliceAssembly.Read(where, shape, size, [.. slices.Keys], slice => ReadData(where, slices[slice])));
    }

    /// <summary>Checks that an entry's bytes are as many as it needs and lie within their data file.</summary>
    private void CheckPlace(string where, BundleEntryProto entry, TensorType type, long count)
    {
        int size = TensorTypes.SizeOf(type);
        if (size == 0)
        {
            return;
        }

        if (entry.Size != (Int128)count * size)
        {
            throw new CheckpointFormatException(where, $"expected {count} values of {size} bytes, found {entry.Size} bytes");
        }

        ByteSource shard = Shard(where, entry.ShardId);
        if (entry.Offset < 0 || entry.Offset > shard.Length - entry.Size)
        {
            throw new CheckpointFormatException(
                where, $"expected {entry.Size} bytes at {entry.Offset} of {shard.Name}, found it ends at {shard.Length}. "
                    + "It is truncated; copy it again");
        }
    }

    /// <summary>Slices that share bytes would make a tensor out of all proportion to its files.</summary>
    private void CheckProportion(string where, IReadOnlyCollection<BundleEntryProto> slices)
    {
        long held = slices.Select(data => data.ShardId).Distinct().Sum(shard => Shard(where, shard).Length);
        if (slices.Aggregate((Int128)0, (sum, data) => sum + data.Size) > held)
        {
            throw new CheckpointFormatException(where, $"expected slices within {held} bytes of data files, found more. "
                + "The index is damaged");
        }
    }

    private ByteSource Shard(string where, int shard)
    {
        if (shard < 0 || shard >= _shardCount)
        {
            throw new CheckpointFormatException(where, $"expected a data file number below {_shardCount}, found {shard}");
        }

        if (!_shards.TryGetValue(shard, out ByteSource? source))
        {
            source = new FileSource(ShardName(_prefix, shard, _shardCount));
            _shards.Add(shard, source);
        }

        return source;
    }

    private byte[] ReadData(string where, BundleEntryProto entry)
    {
        ByteSource shard = Shard(where, entry.ShardId);
        byte[] bytes = shard.Read(entry.Offset, entry.Size, where);
        uint found = Checksum.Masked(bytes);
        return found == entry.Crc32C
            ? bytes
            : throw new CheckpointFormatException(
                where, $"expected data of checksum {entry.Crc32C:x8} in {shard.Name}, found {found:x8}. "
                    + "The file is damaged; copy it again");
    }
}
