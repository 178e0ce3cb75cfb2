using RLTuner.Music;
using RLTuner.TensorFlow.Records;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary>TFRecord files wherever melodies are read.</summary>
public sealed class TFRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Melodies_of_TFRecords_count_as_those_of_text()
    {
        int[][] classes = [[14, 0, 16, 0, 18, 1, 0, 14], [2, 37, 0, 0]];
        string records = _folder.PathTo("tunes.tfrecord"), text = _folder.PathTo("tunes.jsonl");
        SequenceExampleMelodies.Write(
            records, classes.Select(row => Melody.FromClasses(row, MelodyEncoding.Default)), MelodyEncoding.Default, TFRecordCompression.Gzip);
        File.WriteAllLines(text, classes.Select(row => $"{{\"events\":[{string.Join(',', row)}]}}"));
        Same("explain", "--format", "json");
        Same("evaluate", "--format", "json");
        string net = TestNets.Small(_folder.Path);
        Same("compose", "--model", net, "--count", "3", "--training-data-path");
        Same("compose", "--model", net, "--count", "3", "--compat", "magenta", "--priming-mode", "single-midi", "--midi-primer");

        void Same(params string[] line)
        {
            string[] output = line[0] == "compose" ? ["--output", _folder.PathTo("composed.jsonl")] : [];
            Assert.Equal(Composed([.. line, text, .. output]), Composed([.. line, records, .. output]));
        }
    }

    [Fact]
    public void Damage_is_reported_with_file_and_record()
    {
        string path = _folder.PathTo("tunes.tfrecord");
        SequenceExampleMelodies.Write(path, [Melody.FromClasses([14, 0, 16], MelodyEncoding.Default)], MelodyEncoding.Default);
        Rltuner.Run("explain", path, "--classes", "29").Refused(1, "tunes.tfrecord, record 1", "29 values", "found 38");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[40] ^= 1;
        File.WriteAllBytes(path, bytes);
        Rltuner.Run("explain", path).Refused(1, "tunes.tfrecord, record 1 at byte 0", "checksum");
        Rltuner.Run("explain", _folder.PathTo("absent.tfrecord")).Refused(1, "absent.tfrecord", "expected a file");
    }

    private string Composed(string[] line)
    {
        string printed = Rltuner.Run(line).Done().Output;
        return line[0] == "compose" ? File.ReadAllText(_folder.PathTo("composed.jsonl")) : printed;
    }
}
