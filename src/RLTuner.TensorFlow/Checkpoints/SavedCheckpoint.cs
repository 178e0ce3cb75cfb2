using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using RLTuner.Files;
using RLTuner.TensorFlow.Protos;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>A tensor to be written, whole.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">float32, or int32 or int64 for counters.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Bytes">Its values, row-major and little-endian.</param>
internal sealed record SavedTensorData(string Name, TensorType Type, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    public TensorShapeProto ShapeProto
    {
        get
        {
            TensorShapeProto shape = new();
            shape.Dim.AddRange(Shape.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
            return shape;
        }
    }
}

/// <summary>Writes checkpoints of both versions, to the bytes that TensorFlow writes of the same tensors.</summary>
internal static class SavedCheckpoint
{
    private const int Version = 1;

    /// <summary>V1: a sorted table of metadata and, of each tensor, one slice.</summary>
    public static void V1(Stream file, IEnumerable<SavedTensorData> tensors)
    {
        SavedMetadataProto metadata = new() { Versions = new VersionProto { Producer = Version } };
        List<(byte[] Key, SavedTensorData Tensor, TensorSliceProto Slice)> entries = [];
        foreach (SavedTensorData tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            TensorSliceProto slice = new();
            slice.Extent.AddRange(tensor.Shape.Select(_ => new TensorSliceProto.Types.Extent()));
            SavedTensorProto saved = new() { Name = tensor.Name, Shape = tensor.ShapeProto, Type = (int)tensor.Type };
            saved.Slice.Add(slice);
            metadata.Tensor.Add(saved);
            entries.Add((SortedKey.OfSlice(tensor.Name, TensorSlice.Parse(slice, tensor.Shape, tensor.Name)), tensor, slice));
        }

        SortedTableWriter table = new(file);
        table.Add([], new SavedSlicesProto { Meta = metadata }.ToByteArray());
        foreach ((byte[] key, SavedTensorData tensor, TensorSliceProto slice) in entries.OrderBy(entry => entry.Key, KeyOrder))
        {
            SavedSliceProto data = new() { Name = tensor.Name, Slice = slice, Data = Values(tensor) };
            table.Add(key, new SavedSlicesProto { Data = data }.ToByteArray());
        }

        table.Finish();
    }

    /// <summary>V2: one data file, and an index of where each tensor lies in it.</summary>
    /// <param name="prefix">The path that both files' names begin with.</param>
    /// <param name="tensors">The tensors.</param>
    public static void V2(string prefix, IEnumerable<SavedTensorData> tensors)
    {
        List<(byte[] Key, BundleEntryProto Entry)> entries = [];
        AtomicFile.Write(CheckpointV2.ShardName(prefix, 0, 1), file =>
        {
            long offset = 0;
            foreach (SavedTensorData tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
            {
                file.Write(tensor.Bytes.Span);
                entries.Add((Encoding.UTF8.GetBytes(tensor.Name), new BundleEntryProto
                {
                    Dtype = (int)tensor.Type,
                    Shape = tensor.ShapeProto,
                    Offset = offset,
                    Size = tensor.Bytes.Length,
                    Crc32C = Checksum.Masked(tensor.Bytes.Span),
                }));
                offset += tensor.Bytes.Length;
            }
        });
        AtomicFile.Write(prefix + ".index", file =>
        {
            SortedTableWriter table = new(file);
            table.Add([], new BundleHeaderProto { NumShards = 1, Version = new VersionProto { Producer = Version } }.ToByteArray());
            foreach ((byte[] key, BundleEntryProto entry) in entries.OrderBy(entry => entry.Key, KeyOrder))
            {
                table.Add(key, entry.ToByteArray());
            }

            table.Finish();
        });
    }

    private static Comparer<byte[]> KeyOrder { get; } = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private static TensorProto Values(SavedTensorData tensor)
    {
        TensorProto values = new();
        switch (tensor.Type)
        {
            case TensorType.Float32:
                values.FloatVal.AddRange(MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span));
                break;
            case TensorType.Int32:
                values.IntVal.AddRange(MemoryMarshal.Cast<byte, int>(tensor.Bytes.Span));
                break;
            default:
                values.Int64Val.AddRange(MemoryMarshal.Cast<byte, long>(tensor.Bytes.Span));
                break;
        }

        return values;
    }
}
