using System.Collections.Immutable;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Tests.Writing;

namespace RLTuner.TensorFlow.Tests;

public class MadeCheckpointTests
{
    [Fact]
    public void Tensors_come_back_from_either_version_however_they_are_cut()
    {
        using TemporaryFolder folder = new();
        for (ulong seed = 0; seed < 50; seed++)
        {
            RandomSource random = new(seed, "checkpoints");
            List<MadeTensor> tensors = [];
            for (int i = random.Next(12); i >= 0; i--)
            {
                ImmutableArray<long> shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(22))];
                int parts = shape.Length > 0 && shape[0] > 3 ? 1 + random.Next(3) : 1;
                tensors.Add(MadeTensor.Random($"tensor_{i}/é", shape, random, parts));
            }

            tensors.Add(new MadeTensor("double", [2], new[] { 1.5, -2.5 }));
            tensors.Add(new MadeTensor("int", [3, 1], new[] { 1, -2, int.MaxValue }));
            tensors.Add(new MadeTensor("global_step", [], new[] { 123456789012L }));
            TableWriter table = new(1 + random.Next(5000), 1 + random.Next(16), random.Next(2) == 0);
            int files = 1 + random.Next(4);
            string prefix = folder[$"s{seed}.ckpt"];
            byte[][] v1 = CheckpointWriter.V1(tensors, table, files);
            for (int i = 0; i < files; i++)
            {
                File.WriteAllBytes(files == 1 ? prefix : $"{prefix}-{i:D5}-of-{files:D5}", v1[i]);
            }

            Check(tensors, TensorFlowCheckpoint.Open(prefix), CheckpointKind.V1);
            CheckpointWriter.V2(prefix + "-7", tensors, table, files);
            Check(tensors, TensorFlowCheckpoint.Open(prefix + "-7"), CheckpointKind.V2);
        }
    }

    [Fact]
    public void Slices_may_cut_every_dimension()
    {
        using TemporaryFolder folder = new();
        float[] values = [.. Enumerable.Range(0, 4 * 6).Select(i => (float)i)];
        RLTuner.TensorFlow.Protos.TensorSliceProto slice = new();
        slice.Extent.Add(new RLTuner.TensorFlow.Protos.TensorSliceProto.Types.Extent { Start = 1, Length = 2 });
        slice.Extent.Add(new RLTuner.TensorFlow.Protos.TensorSliceProto.Types.Extent { Start = 2, Length = 3 });
        byte[] tensor = new byte[24];
        bool[] filled = new bool[24];
        TensorSlice box = TensorSlice.Parse(slice, [4, 6], "t");
        Assert.True(box.CopyTo([1, 2, 3, 4, 5, 6], tensor, [4, 6], 1, filled));
        Assert.Equal([0, 0, 1, 2, 3, 0], tensor[6..12]);
        Assert.Equal([0, 0, 4, 5, 6, 0], tensor[12..18]);
        Assert.Equal(6, tensor.Count(value => value != 0));
        Assert.False(box.CopyTo([1, 2, 3, 4, 5, 6], tensor, [4, 6], 1, filled));
    }

    [Fact]
    public void A_wrong_type_is_an_error()
    {
        using TemporaryFolder folder = new();
        CheckpointWriter.V2(folder["m"], [new("a", [1], new[] { 1 }), new("b", [1], new[] { 1f })], new TableWriter());
        TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(folder["m"]);
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(checkpoint.Find("a")!.ReadFloats);
        Assert.Equal("m: a: expected float32 values, found Int32", error.Message);
        Assert.Throws<CheckpointFormatException>(checkpoint.Find("a")!.ReadDoubles);
        Assert.Throws<CheckpointFormatException>(checkpoint.Find("b")!.ReadIntegers);
        Assert.Null(checkpoint.Step);
        Assert.Null(checkpoint.Find("c"));
    }

    [Fact]
    public void Damaged_data_and_missing_shards_are_named()
    {
        using TemporaryFolder folder = new();
        CheckpointWriter.V2(folder["m"], [new("a", [4], new[] { 1f, 2, 3, 4 }, Parts: 2)], new TableWriter(), shards: 2);
        byte[] shard = File.ReadAllBytes(folder["m.data-00001-of-00002"]);
        shard[1] ^= 1;
        folder.Write("m.data-00001-of-00002", shard);
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(TensorFlowCheckpoint.Open(folder["m"]).Tensors[0].ReadFloats);
        Assert.Contains("a: expected data of checksum", error.Message, StringComparison.Ordinal);
        Assert.Contains("m.data-00001-of-00002", error.Message, StringComparison.Ordinal);
        folder.Write("m.data-00001-of-00002", shard[..^1]);
        Assert.Contains(
            "truncated",
            Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["m"])).Message, StringComparison.Ordinal);
        File.Delete(folder["m.data-00001-of-00002"]);
        error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["m.index"]));
        Assert.Contains("m.data-00001-of-00002: expected this file, found none", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 62)]
    [InlineData(1L << 40)]
    [InlineData(7L)]
    public void Shapes_larger_than_the_data_are_errors(long size)
    {
        using TemporaryFolder folder = new();
        MadeTensor tensor = new("a", [size], Array.Empty<float>());
        TensorFlowCheckpoint v1 = TensorFlowCheckpoint.Open(folder.Write("v1", CheckpointWriter.V1([tensor], new TableWriter())[0]));
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(v1.Tensors[0].ReadFloats);
        Assert.Contains("values of type Float32, found 0 bytes", error.Message, StringComparison.Ordinal);
        CheckpointWriter.V2(folder["v2"], [tensor], new TableWriter());
        error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["v2"]));
        Assert.Contains("values of 4 bytes, found 0 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slices_that_share_their_bytes_are_refused_before_they_are_read()
    {
        using TemporaryFolder folder = new();
        CheckpointWriter.V2(folder["m"], [new("a", [400, 100], new float[40_000], Parts: 400)], new TableWriter());
        File.WriteAllBytes(folder["m.data-00000-of-00001"], new byte[400 * 100]);
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["m"]));
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
        CheckpointWriter.V2(folder["m"], [new("a", [400, 100], new float[40_000], Parts: 400)], new TableWriter(), sharedData: true);
        error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(folder["m"]));
        Assert.Contains("expected slices within 400 bytes of data files, found more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_V1_checkpoint_without_the_others_is_an_error()
    {
        using TemporaryFolder folder = new();
        byte[][] files = CheckpointWriter.V1([new("a", [4], new[] { 1f, 2, 3, 4 }, Parts: 2)], new TableWriter(), 2);
        string first = folder.Write("m.ckpt-5-00000-of-00002", files[0]);
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(first));
        Assert.Contains("m.ckpt-5-00001-of-00002", error.Message, StringComparison.Ordinal);
        string alone = folder.Write("alone", files[0]);
        error = Assert.Throws<CheckpointFormatException>(TensorFlowCheckpoint.Open(alone).Tensors[0].ReadFloats);
        Assert.Contains("expected slices of 4 values in all, found 2", error.Message, StringComparison.Ordinal);
        folder.Write("m.ckpt-5-00001-of-00002", files[1]);
        Assert.Equal([1f, 2, 3, 4], TensorFlowCheckpoint.Open(first).Tensors[0].ReadFloats());
        Assert.Equal(5, TensorFlowCheckpoint.Open(folder["m.ckpt-5"]).Step);
    }

    private static void Check(List<MadeTensor> expected, TensorFlowCheckpoint found, CheckpointKind kind)
    {
        Assert.Equal(kind, found.Kind);
        Assert.Equal(123456789012L, found.Step);
        Assert.Equal(expected.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), found.Tensors.Select(tensor => tensor.Name));
        foreach (MadeTensor tensor in expected)
        {
            CheckpointTensor read = found.Find(tensor.Name)!;
            Assert.Equal(tensor.Shape, read.Shape);
            Assert.Equal(tensor.Type, read.Type);
            switch (tensor.Values)
            {
                case float[] values:
                    Assert.Equal(values, read.ReadFloats());
                    Assert.Equal(values.Select(value => (double)value), read.ReadDoubles());
                    break;
                case double[] values:
                    Assert.Equal(values, read.ReadDoubles());
                    break;
                case int[] values:
                    Assert.Equal(values.Select(value => (long)value), read.ReadIntegers());
                    break;
                case long[] values:
                    Assert.Equal(values, read.ReadIntegers());
                    break;
            }
        }
    }
}
