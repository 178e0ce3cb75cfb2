using System.Buffers.Binary;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Tests;

public class SnappyTests
{
    [Fact]
    public void Damaged_compressed_data_under_a_right_checksum_gives_no_other_exception()
    {
        byte[] plain = new byte[500];
        for (int i = 0; i < 3000; i++)
        {
            RandomSource random = new((ulong)i, "snappy");
            foreach (ref byte value in plain.AsSpan())
            {
                value = (byte)random.Next(3);
            }

            byte[] compressed = Snappier.Snappy.CompressToArray(plain);
            for (int change = random.Next(4); change >= 0; change--)
            {
                compressed[random.Next(compressed.Length)] = (byte)random.Next(256);
            }

            Decompress(compressed[..^(random.Next(3) == 0 ? random.Next(compressed.Length) : 0)]);
        }
    }

    [Fact]
    public void A_declared_length_that_the_data_cannot_fill_is_refused_before_it_is_allocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(Decompress([0xff, 0xff, 0xff, 0xff, 0x07, 0, 0]));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    private static bool Decompress(byte[] compressed)
    {
        byte[] stored = [.. compressed, 1];
        byte[] checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum.Masked(stored));
        try
        {
            _ = BlockReader.Read(new MemorySource("t", (byte[])[.. stored, .. checksum]), new BlockHandle(0, compressed.Length));
            return true;
        }
        catch (CheckpointFormatException)
        {
            return false;
        }
    }
}
