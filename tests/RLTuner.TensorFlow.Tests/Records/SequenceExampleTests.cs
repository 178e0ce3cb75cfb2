using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Records;

namespace RLTuner.TensorFlow.Tests.Records;

/// <summary>Training examples of Magenta's melody nets.</summary>
public sealed class SequenceExampleTests : IDisposable
{
    private static readonly MelodyEncoding Four = new(new Pitch(60), 4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bytes_put_together_by_hand_are_read_and_written()
    {
        byte[] inputs = [.. Input(0, 0, 1, 0), .. Input(1, 0, 0, 0), .. Input(0, 0, 0, 1)];
        byte[] labels = [.. Label(0), .. Label(3), .. Label(1)];
        byte[] bytes = Example(inputs, labels);
        Melody melody = SequenceExampleMelodies.Read(Record(bytes), Four);
        Assert.Equal("C4 hold C#4 off", melody.ToString());
        Assert.Equal(4, melody.PlannedLength);

        SequenceExampleMelodies.Write(_folder["file"], [melody], Four);
        Assert.Equal(bytes, Assert.Single(TFRecordFile.Read(_folder["file"])).Data.ToArray());
    }

    [Fact]
    public void Fields_and_lists_of_others_are_passed_over()
    {
        byte[] context = Wire.Bytes(1, Wire.Bytes(1, Wire.Text(1, "name"), Wire.Bytes(2, Wire.Bytes(1, Wire.Text(1, "a tune")))));
        byte[] other = Wire.Bytes(2, List("names", Wire.Bytes(1, Wire.Bytes(1, Wire.Text(1, "a step")))));
        byte[] bytes = [.. context, .. other, .. Example(Input(0, 0, 1, 0), Label(1)), .. Wire.Number(99, 7)];
        Assert.Equal("C4 off", SequenceExampleMelodies.Read(Record(bytes), Four).ToString());
    }

    [Fact]
    public void Melodies_come_back()
    {
        RandomSource random = new(5, "melodies");
        MelodyEncoding encoding = MelodyEncoding.Default;
        Melody[] melodies =
        [
            .. Enumerable.Range(2, 60).Select(length => Melody.FromClasses([.. Enumerable.Range(0, length).Select(_ => random.Next(38))], encoding)),
        ];
        SequenceExampleMelodies.Write(_folder["file.tfrecord"], melodies, encoding, TFRecordCompression.Gzip);
        Assert.Equal(melodies.Select(melody => melody.ToString()), SequenceExampleMelodies.Read(_folder["file.tfrecord"], encoding).Select(melody => melody.ToString()));
        Assert.Equal(TFRecordKind.SequenceExamples, TFRecordMusic.KindOf(_folder["file.tfrecord"]));
        Assert.Equal(melodies.Length, TFRecordMusic.ReadMelodies(_folder["file.tfrecord"], encoding).Count);
    }

    /// <summary>The lookback nets' inputs go on after the event; labels beyond the classes repeat what was one or two bars ago.</summary>
    [Fact]
    public void Lookback_examples_are_read()
    {
        int[] classes = [2, 3, .. Enumerable.Repeat(0, 14), 2, 1, .. Enumerable.Repeat(0, 14), 2, 3, 1];
        int[] labels = [.. Enumerable.Range(1, classes.Length - 1).Select(position =>
            position < 32 && classes[position] == 0 ? 5
            : position >= 32 && classes[position] == classes[position - 32] ? 5
            : position >= 16 && classes[position] == classes[position - 16] ? 4
            : classes[position])];
        Assert.Contains(4, labels);
        Assert.Contains(5, labels[31..]);
        Assert.Equal(classes, Read(classes, labels).ToClasses(Four));
    }

    [Fact]
    public void A_label_may_look_back_at_the_very_end()
    {
        int[] classes = [.. Enumerable.Range(0, 16).Select(step => step == 0 ? 2 : 1), 2];
        Assert.Equal(classes, Read(classes, [.. classes[1..^1], 4]).ToClasses(Four));
    }

    [Theory]
    [InlineData("SequenceExample")]
    [InlineData("SequenceExample", "inputs")]
    [InlineData("as many inputs as labels and at least one, found 0 and 0", "inputs", "labels")]
    public void Missing_lists_are_refused(string words, params string[] lists) =>
        Refused(words, Wire.Bytes(2, [.. lists.Select(name => List(name, []))]));

    [Fact]
    public void Steps_that_are_no_melody_are_refused()
    {
        byte[] start = Input(0, 0, 1, 0);
        Refused("found 1 and 2", Example(start, [.. Label(1), .. Label(1)]));
        Refused("inputs of 4 values (the class count) or, for lookback_rnn, 19, found 3 at step 1", Example(Input(0, 0, 1), Label(1)));
        Refused("found 5 at step 1. Only data for basic_rnn", Example(Input(0, 0, 1, 0, 0), Label(1)));
        Refused("to be a single 1 among zeros, found zeros alone", Example(Input(0, 0, 0, 0), Label(1)));
        Refused("found other values at 1 and 3", Example(Input(0, 1, 0, 1), Label(1)));
        Refused("found 0.5 at 1", Example(Input(0, 0.5f, 0, 0), Label(1)));
        Refused("found NaN at 0", Example(Input(float.NaN, 0, 0, 0), Label(1)));
        Refused("labels from 0 to 3, found 4 at step 1", Example(start, Label(4)));
        Refused("labels from 0 to 3, found -1 at step 1", Example(start, Label(-1)));
        Refused("labels from 0 to 5, found 6 at step 1", Example(Input([0, 0, 1, 0, .. LookbackRest]), Label(6)));
        Refused("list of floats as input of step 1, found 1 whole numbers", Example(Label(1), Label(1)));
        Refused("one whole number as label of step 1, found 4 floats", Example(start, start));
        Refused("one whole number as label of step 1, found 2 whole numbers", Example(start, Wire.Bytes(1, Wire.Bytes(3, Wire.Bytes(1, [1, 1])))));
        Refused("found none", Example(start, Wire.Bytes(1, [])));

        // The key-melody inputs of the attention net: other numbers for the same things.
        Refused("input of step 2 to be the event before it, 1, found 3. Only data for basic_rnn", Example([.. start, .. Input(0, 0, 0, 1)], [.. Label(1), .. Label(1)]));
    }

    [Fact]
    public void What_cannot_be_written_leaves_no_file()
    {
        Assert.Throws<ArgumentException>(() => SequenceExampleMelodies.Write(_folder["file"], [new Melody([MelodyEvent.Hold])], Four));
        Melody high = new([MelodyEvent.NoteOn(new Pitch(100)), MelodyEvent.NoteOff]);
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceExampleMelodies.Write(_folder["file"], [high], Four));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Damage_under_right_checksums_gives_no_other_exception()
    {
        RandomSource random = new(8, "forgery");
        byte[] right = Example([.. Input(0, 0, 1, 0), .. Input(1, 0, 0, 0)], [.. Label(0), .. Label(3)]);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.Next(4) == 0 ? right[..random.Next(right.Length)] : [.. right];
            for (int changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = TFRecordMusic.KindOf(Record(bytes)) == TFRecordKind.NoteSequences
                    ? NoteSequenceReader.Read(Record(bytes)).EndTick
                    : SequenceExampleMelodies.Read(Record(bytes), Four).PlannedLength;
            }
            catch (TFRecordFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 19_000);
    }

    /// <summary>Two vectors, five bits as -1 or 1, two flags.</summary>
    private static float[] LookbackRest { get; } = [1, 0, 0, 0, 0, 1, 0, 0, 1, -1, -1, 1, 1, 0, 1];

    private static Melody Read(int[] classes, int[] labels) => SequenceExampleMelodies.Read(
        Record(Example(
            [.. classes[..^1].SelectMany(number => Input([.. Enumerable.Range(0, 4).Select(i => i == number ? 1f : 0), .. LookbackRest]))],
            [.. labels.SelectMany(label => Label(label))])),
        Four);

    private static void Refused(string words, byte[] example)
    {
        TFRecordFormatException error = Assert.Throws<TFRecordFormatException>(() => SequenceExampleMelodies.Read(Record(example), Four));
        Assert.StartsWith("made, record 3 at byte 50: expected ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static TFRecord Record(byte[] data) => new("made", 3, 50, data);

    /// <summary>SequenceExample.feature_lists = 2.</summary>
    private static byte[] Example(byte[] inputs, byte[] labels) => Wire.Bytes(2, List("inputs", inputs), List("labels", labels));

    /// <summary>FeatureLists.feature_list = 1, a map: key = 1, value = 2.</summary>
    private static byte[] List(string name, byte[] features) => Wire.Bytes(1, Wire.Text(1, name), Wire.Bytes(2, features));

    /// <summary>FeatureList.feature = 1, Feature.float_list = 2, FloatList.value = 1, packed.</summary>
    private static byte[] Input(params float[] values) => Wire.Bytes(1, Wire.Bytes(2, Wire.Bytes(1, Wire.Floats(values))));

    /// <summary>FeatureList.feature = 1, Feature.int64_list = 3, Int64List.value = 1, packed.</summary>
    private static byte[] Label(long value) => Wire.Bytes(1, Wire.Bytes(3, Wire.Bytes(1, Wire.Varint((ulong)value))));
}
