using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RLTuner.TensorFlow.Protos;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>Reads V1 checkpoints: one or several sorted tables, each with metadata and slices of tensors.</summary>
internal static class CheckpointV1
{
    private const int NewestVersion = 1;
    private const int LongestName = 4096;

    /// <summary>The tensors of all the files together.</summary>
    public static IEnumerable<CheckpointTensor> Read(string name, IReadOnlyList<ByteSource> files)
    {
        Dictionary<string, SavedTensor> tensors = new(StringComparer.Ordinal);
        foreach (ByteSource file in files)
        {
            SortedTable table = new(file);
            foreach (SavedTensorProto saved in Metadata(table, file).Tensor)
            {
                if (saved.Name.Length is 0 or > LongestName)
                {
                    throw file.Error($"expected tensor names of 1 to {LongestName} letters, found one of {saved.Name.Length}");
                }

                string where = $"{file.Name}: {saved.Name}";
                ImmutableArray<long> shape = TensorShapes.Parse(saved.Shape, where);
                TensorType type = (TensorType)saved.Type;
                if (!tensors.TryGetValue(saved.Name, out SavedTensor? tensor))
                {
                    tensor = new SavedTensor(where, saved.Name, type, shape);
                    tensors.Add(saved.Name, tensor);
                }

                if (tensor.Type != type || !tensor.Shape.SequenceEqual(shape))
                {
                    throw new CheckpointFormatException(
                        where, $"expected {tensor.Type} {TensorShapes.Text(tensor.Shape)} as in the other files, "
                        + $"found {type} {TensorShapes.Text(shape)}");
                }

                foreach (TensorSliceProto slice in saved.Slice)
                {
                    tensor.Add(TensorSlice.Parse(slice, shape, where), table, file);
                }
            }
        }

        return tensors.Values.Select(tensor => new CheckpointTensor(name, tensor.Name, tensor.Type, tensor.Shape, tensor.Read));
    }

    private static SavedMetadataProto Metadata(SortedTable table, ByteSource file)
    {
        ReadOnlyMemory<byte> value = table.Find([])
            ?? throw file.Error("expected a checkpoint, whose table holds its metadata under an empty key, found a table without");
        SavedMetadataProto meta = ProtoReader.ParseMetadata(
            SavedSlicesProto.Parser, value.Span, file, "the metadata of a V1 checkpoint").Meta
            ?? throw file.Error("expected the metadata of a V1 checkpoint, found none. "
                + "Is it the .index file of a V2 checkpoint under another name?");
        return (meta.Versions?.MinConsumer ?? 0) <= NewestVersion
            ? meta
            : throw file.Error($"expected checkpoint version up to {NewestVersion}, "
                + $"found one for readers of version {meta.Versions!.MinConsumer}");
    }

    private sealed class SavedTensor(string where, string name, TensorType type, ImmutableArray<long> shape)
    {
        // By key, as the table is: slices of one block then come one after another.
        private readonly SortedDictionary<string, (TensorSlice Slice, SortedTable Table, ByteSource File)>
            _slices = new(StringComparer.Ordinal);

        public string Name { get; } = name;

        public TensorType Type { get; } = type;

        public ImmutableArray<long> Shape { get; } = shape;

        public void Add(TensorSlice slice, SortedTable table, ByteSource file)
        {
            if (!_slices.TryAdd(Convert.ToHexString(SortedKey.OfSlice(Name, slice)), (slice, table, file)))
            {
                throw new CheckpointFormatException(where, "expected each slice once, found one twice");
            }
        }

        public byte[] Read() =>
            SliceAssembly.Read(where, Shape, TensorTypes.SizeOf(Type), [.. _slices.Values.Select(saved => saved.Slice)], ReadSlice);

        private byte[] ReadSlice(TensorSlice slice)
        {
            string key = Convert.ToHexString(SortedKey.OfSlice(Name, slice));
            (_, SortedTable table, ByteSource file) = _slices[key];
            ReadOnlyMemory<byte> value = table.Find(Convert.FromHexString(key))
                ?? throw new CheckpointFormatException(where, "expected its data in the table, found none. The file is damaged");
            SavedSliceProto? saved = ProtoReader.Parse(SavedSlicesProto.Parser, value.Span, file, "a slice of a V1 checkpoint").Data;
            if (saved?.Data is null || saved.Name != Name)
            {
                throw new CheckpointFormatException(where, $"expected its data, found those of '{saved?.Name}'. The file is damaged");
            }

            byte[] bytes = Values(saved.Data);
            return bytes.Length == (Int128)slice.Count * TensorTypes.SizeOf(Type)
                ? bytes
                : throw new CheckpointFormatException(where, $"expected {slice.Count} values of type {Type}, "
                    + $"found {bytes.Length} bytes of them");
        }

        private byte[] Values(TensorProto data)
        {
            if (!data.TensorContent.IsEmpty)
            {
                return data.TensorContent.ToByteArray();
            }

            return Type switch
            {
                TensorType.Float32 => Bytes<float>([.. data.FloatVal]),
                TensorType.Float64 => Bytes<double>([.. data.DoubleVal]),
                TensorType.Int32 => Bytes<int>([.. data.IntVal]),
                TensorType.Int64 => Bytes<long>([.. data.Int64Val]),
                _ => throw new CheckpointFormatException(where, $"values of type {Type} cannot be read"),
            };
        }

        private static byte[] Bytes<T>(T[] values)
            where T : unmanaged
        {
            byte[] bytes = MemoryMarshal.AsBytes<T>(values).ToArray();
            if (!BitConverter.IsLittleEndian)
            {
                int size = bytes.Length / Math.Max(values.Length, 1);
                for (int i = 0; i < values.Length; i++)
                {
                    bytes.AsSpan(i * size, size).Reverse();
                }
            }

            return bytes;
        }
    }
}
