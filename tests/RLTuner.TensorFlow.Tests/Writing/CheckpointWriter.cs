using Google.Protobuf;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Protos;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Tests.Writing;

/// <summary>Writes checkpoints of both versions.</summary>
internal static class CheckpointWriter
{
    /// <summary>A V1 checkpoint in some files; slices go to the files in turn.</summary>
    public static byte[][] V1(IReadOnlyList<MadeTensor> tensors, TableWriter table, int files = 1)
    {
        List<(byte[], byte[])>[] entries = [.. Enumerable.Range(0, files).Select(_ => new List<(byte[], byte[])>())];
        SavedMetadataProto[] meta = [.. entries.Select(_ => new SavedMetadataProto { Versions = new() { Producer = 1 } })];
        int turn = 0;
        foreach (MadeTensor tensor in tensors)
        {
            foreach ((TensorSliceProto slice, int first, int count) in tensor.Slices())
            {
                int file = turn++ % files;
                SavedTensorProto? saved = meta[file].Tensor.FirstOrDefault(known => known.Name == tensor.Name);
                if (saved is null)
                {
                    saved = new() { Name = tensor.Name, Shape = tensor.ShapeProto, Type = (int)tensor.Type };
                    meta[file].Tensor.Add(saved);
                }

                saved.Slice.Add(slice);
                SavedSlicesProto value = new() { Data = new() { Name = tensor.Name, Slice = slice, Data = Values(tensor, first, count) } };
                entries[file].Add((SortedKey.OfSlice(tensor.Name, TensorSlice.Parse(slice, tensor.Shape, "test")), value.ToByteArray()));
            }
        }

        return [.. entries.Select((list, i) => table.Write(list.Prepend(([], new SavedSlicesProto { Meta = meta[i] }.ToByteArray()))))];
    }

    /// <summary>Writes a V2 checkpoint; tensors and slices go to the data files in turn, or all to the same place.</summary>
    public static void V2(string prefix, IReadOnlyList<MadeTensor> tensors, TableWriter table, int shards = 1, bool sharedData = false)
    {
        MemoryStream[] data = [.. Enumerable.Range(0, shards).Select(_ => new MemoryStream())];
        List<(byte[], byte[])> entries = [([], new BundleHeaderProto { NumShards = shards, Version = new() { Producer = 1 } }.ToByteArray())];
        int turn = 0;
        foreach (MadeTensor tensor in tensors)
        {
            BundleEntryProto whole = new() { Dtype = (int)tensor.Type, Shape = tensor.ShapeProto };
            foreach ((TensorSliceProto slice, int first, int count) in tensor.Slices())
            {
                BundleEntryProto entry = tensor.Parts == 1 ? whole : new() { Dtype = (int)tensor.Type };
                byte[] bytes = tensor.Bytes(first, count);
                entry.ShardId = turn++ % shards;
                if (sharedData)
                {
                    data[entry.ShardId].SetLength(0);
                }

                entry.Offset = data[entry.ShardId].Position;
                entry.Size = bytes.Length;
                entry.Crc32C = Checksum.Masked(bytes);
                data[entry.ShardId].Write(bytes);
                if (tensor.Parts > 1)
                {
                    whole.Slices.Add(slice);
                    entries.Add((SortedKey.OfSlice(tensor.Name, TensorSlice.Parse(slice, tensor.Shape, "test")), entry.ToByteArray()));
                }
            }

            entries.Add((System.Text.Encoding.UTF8.GetBytes(tensor.Name), whole.ToByteArray()));
        }

        File.WriteAllBytes(prefix + ".index", table.Write(entries));
        for (int i = 0; i < shards; i++)
        {
            File.WriteAllBytes(CheckpointV2.ShardName(prefix, i, shards), data[i].ToArray());
        }
    }

    /// <summary>A Magenta bundle.</summary>
    public static byte[] Bundle(params byte[][] checkpointFiles)
    {
        GeneratorBundleProto bundle = new()
        {
            GeneratorDetails = new() { Id = "basic_rnn", Description = "Basic Melody RNN" },
            BundleDetails = new() { Description = "made by a test" },
            MetagraphFile = ByteString.CopyFromUtf8("a graph"),
        };
        bundle.CheckpointFile.AddRange(checkpointFiles.Select(file => ByteString.CopyFrom(file)));
        return bundle.ToByteArray();
    }

    private static TensorProto Values(MadeTensor tensor, int first, int count)
    {
        TensorProto data = new();
        switch (tensor.Values)
        {
            case float[] values:
                data.FloatVal.AddRange(values.Skip(first).Take(count));
                break;
            case double[] values:
                data.DoubleVal.AddRange(values.Skip(first).Take(count));
                break;
            case int[] values:
                data.IntVal.AddRange(values.Skip(first).Take(count));
                break;
            case long[] values:
                data.Int64Val.AddRange(values.Skip(first).Take(count));
                break;
        }

        return data;
    }
}
