using System.IO.Compression;
using System.Text;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Records;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.Tests.Records;

/// <summary>The framing of TFRecord files, against bytes and checksums worked out elsewhere.</summary>
public sealed class TFRecordFileTests : IDisposable
{
    /// <summary>"abc" and nothing, framed by a script that computes the checksum bit by bit.</summary>
    private const string AbcAndNothing = "0300000000000000b099490e6162636e57f121000000000000000029039807d8ea82a2";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("313233343536373839", 0xe3069283u)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8a9136aau)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x62a8ab43u)]
    public void Checksums_match_RFC_3720(string bytes, uint checksum) => Assert.Equal(checksum, Checksum.Crc32C(Convert.FromHexString(bytes)));

    [Fact]
    public void Known_bytes_are_read_and_written()
    {
        byte[] bytes = Convert.FromHexString(AbcAndNothing);
        TFRecord[] records = [.. TFRecordFile.Read(_folder.Write("known", bytes))];
        Assert.Equal(["abc", ""], records.Select(record => Encoding.UTF8.GetString(record.Data.Span)));
        Assert.Equal([(1, 0), (2, 19)], records.Select(record => (record.Number, record.Position)));

        TFRecordFile.Write(_folder["written"], records.Select(record => record.Data));
        Assert.Equal(bytes, File.ReadAllBytes(_folder["written"]));
    }

    [Theory]
    [InlineData(TFRecordCompression.None)]
    [InlineData(TFRecordCompression.Gzip)]
    [InlineData(TFRecordCompression.Zlib)]
    public void Records_come_back_however_packed(TFRecordCompression compression)
    {
        RandomSource random = new(1, "records");
        byte[][] records = [.. Enumerable.Range(0, 40).Select(i => Bytes(random, i * i * 7))];
        TFRecordFile.Write(_folder["file"], records.Select(record => (ReadOnlyMemory<byte>)record), compression);
        Assert.Equal(records, TFRecordFile.Read(_folder["file"]).Select(record => record.Data.ToArray()));
        Assert.Equal(compression, TFRecordPacking.Of(File.ReadAllBytes(_folder["file"])));
    }

    [Fact]
    public void Files_packed_by_other_means_are_read()
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(Convert.FromHexString(AbcAndNothing));
        }

        // Packed in two goes, as log-like writers do.
        byte[] twice = [.. packed.ToArray(), .. packed.ToArray()];
        Assert.Equal([3, 0, 3, 0], TFRecordFile.Read(_folder.Write("file", twice)).Select(record => record.Data.Length));
    }

    [Fact]
    public void An_empty_file_has_no_records()
    {
        Assert.Empty(TFRecordFile.Read(_folder.Write("nothing", [])));
        TFRecordFile.Write(_folder["none"], []);
        Assert.Empty(File.ReadAllBytes(_folder["none"]));
    }

    [Theory]
    [InlineData("this is no TFRecord file at all", "check that it is a TFRecord file")]
    [InlineData("short", "header of 12 bytes, found 5")]
    public void Other_files_are_refused(string text, string words)
    {
        string path = _folder.Write("text", Encoding.UTF8.GetBytes(text));
        TFRecordFormatException error = Assert.Throws<TFRecordFormatException>(() => TFRecordFile.Read(path).Count());
        Assert.StartsWith($"{path}, record 1 at byte 0: expected ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TFRecordCompression.None, 1000ul, "1000 bytes")]
    [InlineData(TFRecordCompression.None, (16ul << 20) + 1, "at most 16777216")]
    [InlineData(TFRecordCompression.None, ulong.MaxValue, "at most 16777216")]
    [InlineData(TFRecordCompression.Gzip, 16ul << 20, "16777216 bytes")]
    [InlineData(TFRecordCompression.Gzip, 1ul << 63, "at most 16777216")]
    public void Lengths_beyond_the_file_or_the_limit_are_refused(TFRecordCompression compression, ulong length, string words)
    {
        byte[] size = BitConverter.GetBytes(length);
        byte[] bytes = [.. size, .. BitConverter.GetBytes(Checksum.Masked(size)), 1, 2, 3];
        using (FileStream file = File.Create(_folder["liar"]))
        {
            using Stream? packing = TFRecordPacking.Packing(file, compression);
            (packing ?? file).Write(bytes);
        }

        TFRecordFormatException error = Assert.Throws<TFRecordFormatException>(() => TFRecordFile.Read(_folder["liar"]).Count());
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_a_record_is_not_written()
    {
        _folder.Write("old", [1]);
        Assert.Throws<ArgumentException>(() => TFRecordFile.Write(_folder["old"], [new byte[TFRecordFile.MaxRecordBytes + 1]]));
        Assert.Equal([_folder["old"]], Directory.GetFiles(_folder.Path));
        Assert.Equal([1], File.ReadAllBytes(_folder["old"]));
    }

    [Theory]
    [InlineData(TFRecordCompression.None)]
    [InlineData(TFRecordCompression.Gzip)]
    [InlineData(TFRecordCompression.Zlib)]
    public void Damage_at_any_byte_never_changes_a_record(TFRecordCompression compression)
    {
        RandomSource random = new(3, "damage");
        byte[][] right = [Bytes(random, 40), [], Bytes(random, 9)];
        TFRecordFile.Write(_folder["file"], right.Select(record => (ReadOnlyMemory<byte>)record), compression);
        byte[] bytes = File.ReadAllBytes(_folder["file"]);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= (byte)(1 << random.Next(8));
            Check(changed, cut: false);
            Check(bytes[..i], cut: true);
        }

        void Check(byte[] damaged, bool cut)
        {
            string path = _folder.Write("damaged", damaged);
            List<byte[]> found = [];
            try
            {
                found.AddRange(TFRecordFile.Read(path).Select(record => record.Data.ToArray()));
                Assert.True(cut || compression != TFRecordCompression.None, "a flipped bit went unnoticed");
            }
            catch (TFRecordFormatException)
            {
                // Records before the damage are good.
            }

            Assert.Equal(right.Take(found.Count), found);
        }
    }

    private static byte[] Bytes(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))];
}
