using System.Text;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.TensorFlow.Nets;
using RLTuner.TensorFlow.Records;

namespace RLTuner.TensorFlow.Tests;

/// <summary>Pages and pointers that were saved as nets, and streams that cannot be unpacked.</summary>
public sealed class ForeignFileTests
{
    [Theory]
    [InlineData("model.ckpt-1")]
    [InlineData("model.ckpt-1.index")]
    [InlineData("model.mag")]
    public void What_was_saved_in_place_of_a_net_is_named(string name)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(name, Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body>Sign in to see this file</body></html>"));
        Assert.Contains("found a web page, HTML", Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(path)).Message, StringComparison.Ordinal);

        folder.Write(name, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n"u8.ToArray());
        Assert.Contains("found a Git LFS pointer", Assert.Throws<CheckpointFormatException>(() => TensorFlowCheckpoint.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_stream_that_wants_a_dictionary_of_its_own_is_a_named_error()
    {
        // 0x78 0xBB: zlib with the bit for a preset dictionary, whose checksum follows.
        byte[] bytes = [0x78, 0xBB, 1, 2, 3, 4, .. new byte[30]];

        Assert.Contains(
            "found they cannot be unpacked",
            Assert.Throws<TFRecordFormatException>(() => TFRecordFormat.Format.Read(bytes, "f.tfrecord", new ReadingOptions(MelodyEncoding.Default)).ToList()).Message,
            StringComparison.Ordinal);
    }
}
