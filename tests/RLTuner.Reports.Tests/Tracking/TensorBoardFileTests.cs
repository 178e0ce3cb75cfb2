using System.Buffers.Binary;
using RLTuner.Reports.Protos;
using RLTuner.Reports.Tracking;
using RLTuner.TensorFlow.Records;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.Reports.Tests.Tracking;

public sealed class TensorBoardFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>
    /// Each byte follows from the definitions: TFRecord framing (length, its masked CRC-32C, data, its masked CRC-32C), and an Event whose
    /// field 1 is a double (tag 09), 2 a varint (10), 3 text (1A), 5 a message (2A) that holds values (0A) of a tag (0A) and a float (15).
    /// </summary>
    [Fact]
    public void The_bytes_are_those_of_the_definitions()
    {
        new TensorBoardFile(_path).Append(300, DateTimeOffset.FromUnixTimeSeconds(2), [TensorBoardFile.Scalar("a", 1.5)]);
        byte[] time = [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40]; // 2.0
        byte[] first = [.. time, 0x1A, 13, .. "brain.Event:2"u8];
        byte[] second = [.. time, 0x10, 0xAC, 0x02, 0x2A, 10, 0x0A, 8, 0x0A, 1, (byte)'a', 0x15, 0, 0, 0xC0, 0x3F];
        Assert.Equal([.. Framed(first), .. Framed(second)], File.ReadAllBytes(_path));
    }

    [Fact]
    public void Every_record_reads_back_with_its_checksums()
    {
        TensorBoardFile file = new(_path);
        for (int step = 1; step <= 5; step++)
        {
            file.Append(step, DateTimeOffset.UnixEpoch, [TensorBoardFile.Scalar("x", step), TensorBoardFile.Distribution("w", [1, 2, step])]);
        }

        Event[] events = Events();
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([1L, 2, 3, 4, 5], events.Skip(1).Select(one => one.Step));
        Assert.Equal(5, events[5].Summary.Value[0].SimpleValue);
        Assert.Equal(3, events[5].Summary.Value[1].Histo.Num);
    }

    [Fact]
    public void A_run_that_goes_on_from_a_step_forgets_later_ones_and_a_record_cut_short()
    {
        TensorBoardFile file = new(_path);
        for (int step = 1; step <= 5; step++)
        {
            file.Append(step, DateTimeOffset.UnixEpoch, [TensorBoardFile.Scalar("x", step)]);
        }

        byte[] whole = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, whole[..^3]);
        file.GoBackTo(3);
        Assert.Equal([0L, 1, 2, 3], Events().Select(one => one.Step));
        File.WriteAllBytes(_path, whole[..^3]);
        file.GoBackTo(9);
        file.Append(5, DateTimeOffset.UnixEpoch, [TensorBoardFile.Scalar("x", 5)]);
        Assert.Equal(whole, File.ReadAllBytes(_path));
    }

    [Theory]
    [InlineData(new float[] { 0, 0, 0 }, 1)]
    [InlineData(new[] { -1f, 1f }, 2)]
    [InlineData(new[] { 1e-13f, 0.5f, 0.5f, 1e30f }, 3)]
    public void A_histogram_counts_each_value_in_the_bucket_below_the_next_limit(float[] values, int filled)
    {
        Histogram histogram = HistogramOf.Values(values);
        Assert.Equal(values.Length, histogram.Bucket.Sum());
        Assert.Equal(values.Min(), (float)histogram.Min);
        Assert.Equal(values.Max(), (float)histogram.Max);
        Assert.Equal(filled, histogram.Bucket.Count(count => count > 0));
        for (int i = 0; i < histogram.Bucket.Count; i++)
        {
            double low = i == 0 ? double.NegativeInfinity : histogram.BucketLimit[i - 1];
            Assert.Equal(histogram.Bucket[i], values.Count(value => value >= low && value < histogram.BucketLimit[i]));
        }
    }

    public void Dispose() => File.Delete(_path);

    private Event[] Events() => [.. TFRecordFile.Read(_path).Select(record => Event.Parser.ParseFrom(record.Data.Span))];

    private static byte[] Framed(byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        return [.. length, .. Checksum(length), .. data, .. Checksum(data)];
    }

    /// <summary>CRC-32C bit by bit, then TensorFlow's mask.</summary>
    private static byte[] Checksum(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        byte[] result = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(result, ((crc >> 15) | (crc << 17)) + 0xa282ead8);
        return result;
    }
}
