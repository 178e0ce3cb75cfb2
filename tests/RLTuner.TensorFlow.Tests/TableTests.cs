using System.Text;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Tables;
using RLTuner.TensorFlow.Tests.Writing;

namespace RLTuner.TensorFlow.Tests;

public class TableTests
{
    [Fact]
    public void Tables_come_back_whatever_their_blocks() => RoundTrips(120);

    [Fact]
    [Trait("Category", "Long")]
    public void Tables_come_back_whatever_their_blocks_many() => RoundTrips(2000);

    [Theory]
    [InlineData("", 0x00000000)]
    [InlineData("123456789", 0xe3069283)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404)]
    public void Checksums_match_the_published_check_values(string text, uint expected) =>
        Assert.Equal(expected, Checksum.Crc32C(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Checksum_of_32_zeros_is_that_of_RFC_3720() => Assert.Equal(0x8a9136aau, Checksum.Crc32C(new byte[32]));

    [Theory]
    [InlineData(0, "80")]
    [InlineData(63, "bf")]
    [InlineData(64, "c040")]
    [InlineData(8191, "dfff")]
    [InlineData(8192, "e02000")]
    [InlineData(-1, "7f")]
    [InlineData(-64, "40")]
    [InlineData(-65, "3fbf")]
    [InlineData(long.MaxValue, "ffc07fffffffffffffff")]
    [InlineData(long.MinValue, "003f8000000000000000")]
    public void Signed_numbers_are_encoded_in_order(long value, string expected)
    {
        List<byte> key = [];
        SortedKey.AppendSigned(key, value);
        Assert.Equal(expected, Convert.ToHexStringLower([.. key]));
    }

    [Fact]
    public void Encoded_numbers_sort_as_the_numbers_do()
    {
        List<long> values = [.. Enumerable.Range(0, 63).Select(bit => 1L << bit).SelectMany(n => new[] { n, -n, n - 1, n + 1 }).Distinct().Order()];
        List<string> keys = [.. values.Select(value =>
        {
            List<byte> key = [];
            SortedKey.AppendSigned(key, value);
            return Convert.ToHexString([.. key]);
        })];
        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_and_ranks_are_escaped_and_ended()
    {
        List<byte> key = [];
        SortedKey.AppendUnsigned(key, 0);
        SortedKey.AppendText(key, [1, 0, 255, 65]);
        SortedKey.AppendUnsigned(key, 2);
        SortedKey.AppendUnsigned(key, 0x1234);
        Assert.Equal("00" + "0100ffff0041" + "0001" + "0102" + "021234", Convert.ToHexStringLower([.. key]));
    }

    [Fact]
    public void A_few_bytes_of_prefixes_may_not_stand_for_many_of_keys()
    {
        // 20,000 keys of 10,000 bytes would be 200 MB from 160 kB.
        List<(byte[], byte[])> entries = [];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] key = new byte[10_004];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(10_000), i);
            entries.Add((key, []));
        }

        byte[] file = new TableWriter(BlockSize: int.MaxValue, RestartInterval: int.MaxValue).Write(entries);
        Assert.True(file.Length < 200_000);
        SortedTable table = new(new MemorySource("t", file));
        CheckpointFormatException error = Assert.Throws<CheckpointFormatException>(() => table.Entries().Count());
        Assert.Contains("in proportion", error.Message, StringComparison.Ordinal);
    }

    private static void RoundTrips(int count)
    {
        for (ulong seed = 0; seed < (ulong)count; seed++)
        {
            RandomSource random = new(seed, "tables");
            TableWriter writer = new(1 + random.Next(600), 1 + random.Next(20), random.Next(2) == 0);
            Dictionary<string, byte[]> entries = [];
            for (int i = random.Next(150); i >= 0; i--)
            {
                byte[] value = new byte[random.Next(8) == 0 ? 3000 : random.Next(20)];
                int letters = 1 + random.Next(8);
                foreach (ref byte letter in value.AsSpan())
                {
                    letter = (byte)random.Next(letters);
                }

                string key = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3).ToString("X2", null)));
                entries[key] = value;
            }

            SortedTable table = new(new MemorySource("t", writer.Write(entries.Select(e => (Convert.FromHexString(e.Key), e.Value)))));
            Assert.Equal(
                entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, Convert.ToHexString(e.Value))),
                table.Entries().Select(e => (Convert.ToHexString(e.Key), Convert.ToHexString(e.Value.Span))));
            Assert.All(entries, e => Assert.Equal(e.Value, table.Find(Convert.FromHexString(e.Key))?.ToArray()));
            Assert.Null(table.Find([3]));
            Assert.Null(table.Find([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        }
    }
}
