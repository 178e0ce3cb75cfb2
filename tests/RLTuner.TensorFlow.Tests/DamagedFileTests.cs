using System.Diagnostics;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Tests.Writing;
using RLTuner.Tests;

namespace RLTuner.TensorFlow.Tests;

/// <summary>Whatever is wrong with a file: it gives its true data or the one exception, soon.</summary>
public class DamagedFileTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly List<MadeTensor> Tensors =
    [
        .. MadeNet.Tensors(MadeNet.Weights(new NoteRnnShape(9, [3, 3]), 5), MadeNet.Modern, parts: 2), .. MadeNet.BookKeeping(8),
    ];

    [Fact]
    public void Damage_is_found_in_the_2016_checkpoint() =>
        Real(60, SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994"));

    [Fact]
    public void Damage_is_found_in_the_two_layer_checkpoint() => Real(
        200, SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.index"),
        SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.data-00000-of-00001"));

    [Fact]
    [Trait("Category", "Long")]
    public void Damage_is_found_in_the_real_checkpoints_many()
    {
        Real(1000, SharedFolder.PathTo("checkpoints", "magenta-note-rnn", "model.ckpt-1994"));
        Real(
            4000, SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.index"),
            SharedFolder.PathTo("checkpoints", "basic-rnn-64x64", "model.ckpt-1721.data-00000-of-00001"));
    }

    [Fact]
    public void Damage_is_found_in_made_checkpoints() => Made(250);

    [Fact]
    [Trait("Category", "Long")]
    public void Damage_is_found_in_made_checkpoints_many() => Made(5_000);

    [Fact]
    public void Damage_under_right_checksums_gives_no_other_exception() => Forged(600);

    [Fact]
    [Trait("Category", "Long")]
    public void Damage_under_right_checksums_gives_no_other_exception_many() => Forged(20_000);

    private static void Real(int cases, params string[] files)
    {
        using TemporaryFolder folder = new();
        Damaged(folder, cases, [.. files.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]);
    }

    private static void Made(int cases)
    {
        using TemporaryFolder folder = new();
        byte[] v1 = CheckpointWriter.V1(Tensors, new TableWriter(BlockSize: 700, Snappy: true))[0];
        Damaged(folder, cases, ("v1", v1));
        CheckpointWriter.V2(folder["v2"], Tensors, new TableWriter(BlockSize: 300, Snappy: true), shards: 2);
        string[] v2 = [.. Directory.GetFiles(folder.Path, "v2*").Order(StringComparer.Ordinal).Reverse()];
        Damaged(folder, cases, [.. v2.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]);
    }

    private static void Damaged(TemporaryFolder folder, int cases, params (string Name, byte[] Bytes)[] files)
    {
        foreach ((string name, byte[] bytes) in files)
        {
            folder.Write(name, bytes);
        }

        string path = folder[files[0].Name];
        Dictionary<string, byte[]> right = Contents(path)!;
        Assert.NotNull(right);
        int refused = 0;
        for (int i = 0; i < cases; i++)
        {
            RandomSource random = new((ulong)i, "damage");
            (string name, byte[] bytes) = files[random.Next(files.Length)];
            folder.Write(name, Change(bytes, random));
            Dictionary<string, byte[]>? found = Contents(path);
            refused += found is null ? 1 : 0;
            if (found is not null)
            {
                Assert.All(right, tensor =>
                    Assert.True(tensor.Value.AsSpan().SequenceEqual(found.GetValueOrDefault(tensor.Key)), $"case {i}: {tensor.Key}"));
            }

            folder.Write(name, bytes);
        }

        // The few bytes that no checksum covers are padding and the place of the unused block.
        Assert.True(refused > cases * 3 / 4, $"{refused} of {cases}");
    }

    private static void Forged(int cases)
    {
        using TemporaryFolder folder = new();
        for (int i = 0; i < cases; i++)
        {
            RandomSource random = new((ulong)i, "forgery");
            int rate = 40 + random.Next(4000);
            void Damage(byte[] block)
            {
                foreach (ref byte value in block.AsSpan())
                {
                    if (random.Next(rate) == 0)
                    {
                        value = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(value ^ (1 << random.Next(8)));
                    }
                }
            }

            TableWriter table = new(300 + random.Next(3000), 4, random.Next(2) == 0, Damage);
            switch (i % 3)
            {
                case 0:
                    _ = Contents(folder.Write("v1", CheckpointWriter.V1(Tensors, table)[0]));
                    break;
                case 1:
                    CheckpointWriter.V2(folder["v2"], Tensors, table);
                    _ = Contents(folder["v2"]);
                    break;
                default:
                    byte[] bundle = CheckpointWriter.Bundle(CheckpointWriter.V1(Tensors, table));
                    Damage(bundle);
                    _ = Contents(folder.Write("b.mag", bundle));
                    break;
            }
        }
    }

    private static byte[] Change(byte[] bytes, RandomSource random)
    {
        if (random.Next(4) == 0)
        {
            return bytes[..random.Next(bytes.Length)];
        }

        byte[] changed = [.. bytes];
        changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    /// <summary>All that can be read; null if any of it is refused.</summary>
    private static Dictionary<string, byte[]>? Contents(string path)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.Open(path);
            _ = NoteRnnCheckpoint.Recognise(checkpoint);
            Dictionary<string, byte[]> contents = [];
            foreach (CheckpointTensor tensor in checkpoint.Tensors)
            {
                Array values = tensor.Type is TensorType.Int32 or TensorType.Int64 ? tensor.ReadIntegers() : tensor.ReadFloats();
                byte[] bytes = new byte[Buffer.ByteLength(values)];
                Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
                contents.Add(tensor.Name, bytes);
            }

            return contents;
        }
        catch (CheckpointFormatException)
        {
            return null;
        }
        finally
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Limit, "took too long");
        }
    }
}
