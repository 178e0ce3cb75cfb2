using RLTuner.Corpus;
using RLTuner.Corpus.Reading;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.TensorFlow.Records;

namespace RLTuner.TensorFlow.Tests.Records;

/// <summary>Magenta's NoteSequences, put together by hand from the published field numbers.</summary>
public sealed class NoteSequenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_field_is_read()
    {
        byte[] bytes =
        [
            .. Wire.Text(1, "/id/1"), .. Wire.Text(2, "folder/tune.mid"), .. Wire.Text(3, "a collection"), .. Wire.Number(4, 480),
            .. Metre(1.5, 3, 4), .. Metre(0, 6, 8), .. Key(0, 9, 1), .. Key(2, 2, 4), .. Tempo(0, 90), .. Tempo(1.5, 100),
            .. Note(40, 90, 0.5, 0.75, instrument: 9, program: 0, drum: true),
            .. Note(67, 80, 0.25, 1, instrument: 3, program: 73),
            .. Note(64, 81, 0, 0.25, instrument: 3, program: 73),
            .. Note(65, 0, 0.25, 0.5, instrument: 3, program: 73),
            .. Note(50, 70, 0, 2.5, instrument: 0, program: 32),
            .. Wire.Double(9, 2.5), .. Wire.Bytes(10, Wire.Double(1, 3)), .. Wire.Bytes(13, Wire.Number(2, 3)),
            .. Wire.Bytes(23, Wire.Number(1, 3), Wire.Text(2, "flute\e[2J")),
        ];
        Score score = NoteSequenceReader.Read(Record(bytes));
        Assert.Equal("made.tfrecord: folder/tune.mid", score.Name);
        Assert.Equal(
            [new Instrument(0, 0, 32, false, ""), new Instrument(3, 0, 73, false, "flute?[2J"), new Instrument(9, 9, 0, true, "")], score.Instruments);
        Assert.Equal(
            [(0, 50, 70, 0, 2.5), (1, 64, 81, 0, 0.25), (1, 67, 80, 0.25, 1), (2, 40, 90, 0.5, 0.75)],
            score.Notes.Select(note =>
                (note.Instrument, note.Pitch.MidiNumber, note.Velocity, score.SecondsAt(note.Start), score.SecondsAt(note.End))));
        Assert.Equal([(0, "6/8"), (1.5, "3/4")], score.TimeSignatures.Select(change => (score.SecondsAt(change.Tick), change.TimeSignature.ToString())));
        Assert.Equal(
            [(0, new KeySignature(0, true)), (2, new KeySignature(0, true))],
            score.KeySignatures.Select(change => (score.SecondsAt(change.Tick), change.KeySignature)));
        Assert.Equal([(0, 90), (1.5, 100)], score.Tempos.Changes.Select(change => (score.SecondsAt(change.Tick), change.QuartersPerMinute)));
    }

    [Theory]
    [InlineData(7, 0, 1)]
    [InlineData(4, 1, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(2, 5, -2)]
    [InlineData(5, 6, 0)]
    [InlineData(11, 7, 0)]
    [InlineData(10, 2, -2)]
    public void Keys_of_every_mode_become_their_signature(int key, int mode, int sharps) =>
        Assert.Equal(sharps, Assert.Single(NoteSequenceReader.Read(Record(Key(0, key, mode))).KeySignatures).KeySignature.Sharps);

    [Fact]
    public void Quantised_sequences_keep_their_steps()
    {
        byte[] note = Wire.Bytes(8, Wire.Number(1, 60), Wire.Number(2, 80), Wire.Number(13, 3), Wire.Number(14, 7));
        byte[] bytes = [.. note, .. Tempo(0, 77.7), .. Wire.Bytes(15, Wire.Number(1, 4))];
        QuantizedScore score = Quantizer.Quantize(NoteSequenceReader.Read(Record(bytes)));
        Assert.Equal((3, 7), (score.Notes[0].Start, score.Notes[0].End));
        Assert.Equal(77.7, score.Tempo);

        byte[] performance = [.. note, .. Wire.Bytes(15, Wire.Number(2, 100))];
        Score seconds = NoteSequenceReader.Read(Record(performance));
        Assert.Equal(0.03, seconds.SecondsAt(seconds.Notes[0].Start), 1e-12);
    }

    /// <summary>Steps are floor(t · steps a second + 1/2) in doubles; notation is full of notes on halves of steps.</summary>
    [Fact]
    public void Times_on_halves_of_steps_fall_as_in_the_original()
    {
        RandomSource random = new(4, "times");
        for (int i = 0; i < 2000; i++)
        {
            double tempo = i % 2 == 0 ? 40 + random.Next(200) : 40 + (200 * random.NextDouble()), last = 20 + random.Next(400);
            double perSecond = 4 * tempo / 60;

            // Earlier than a 512th of the piece, times are rounded.
            int first = 1 + (int)(last / 256 * perSecond);
            double time = (first + random.Next((int)(last * perSecond) - first) + 0.5) / perSecond;
            byte[] bytes = [.. Tempo(0, tempo), .. Note(60, 80, time, time + 1), .. Note(62, 80, last, last + 1)];
            Score score = NoteSequenceReader.Read(Record(bytes));
            Assert.True((int)Math.Floor((time * perSecond) + 0.5) == Quantizer.Quantize(score).Notes[0].Start, $"{time:R} s at {tempo:R}");
        }
    }

    [Fact]
    public void Bad_values_are_refused()
    {
        Refused("found 128, 80, 0 and 0", Note(128, 80, 0, 1));
        Refused("found 60, -1, 0 and 0", Note(60, -1, 0, 1));
        Refused("found 60, 80, 200 and -3", Note(60, 80, 0, 1, instrument: -3, program: 200));
        Refused("times from 0 to 1000000 seconds, found -1", Note(60, 80, -1, 1));
        Refused("found NaN", Note(60, 80, 0, double.NaN));
        Refused("found Infinity", Tempo(double.PositiveInfinity, 90));
        Refused("ends before", Note(60, 80, 1, 0.5));
        Refused("tempos above 0", Tempo(0, 0));
        Refused("tempos above 0", Tempo(3, double.NaN));
        Refused("found 4/3", Metre(0, 4, 3));
        Refused("found 0/0", Metre(0, 0, 0));
        Refused("found 12 and 0", Key(0, 12, 0));
        Refused("found 0 and 9", Key(0, 0, 9));
        Refused("found -4", Wire.Bytes(15, Wire.Number(1, -4)));
        Refused("steps from 0", [.. Wire.Bytes(15, Wire.Number(1, 4)), .. Wire.Bytes(8, Wire.Number(2, 1), Wire.Number(14, -1))]);
        Refused("a NoteSequence, found something else", [0x0a, 0xff]);
    }

    [Fact]
    public void A_file_is_told_by_its_first_record_and_read_as_melodies()
    {
        byte[] tune = [.. Wire.Text(2, "tune"), .. Tempo(0, 120), .. Note(60, 80, 0, 0.25), .. Note(100, 80, 0.25, 0.5)];
        TFRecordFile.Write(_folder["tunes.tfrecord"], [tune, tune]);
        Assert.Equal(TFRecordKind.NoteSequences, TFRecordMusic.KindOf(_folder["tunes.tfrecord"]));
        IReadOnlyList<Melody> melodies = TFRecordMusic.ReadPrimers(_folder["tunes.tfrecord"], MelodyEncoding.Default);
        Assert.Equal(["C4 hold E7 hold", "C4 hold E7 hold"], melodies.Select(melody => melody.ToString()));
        FileRefused("tunes.tfrecord", "record 1 at byte 0: expected pitches C3 to B5, found E7");

        TFRecordFile.Write(_folder["changing.tfrecord"], [(byte[])[.. tune, .. Tempo(1, 90)]]);
        FileRefused("changing.tfrecord", "expected one tempo");
        TFRecordFile.Write(_folder["other.tfrecord"], ["what is this"u8.ToArray()]);
        FileRefused("other.tfrecord", "found neither");
        TFRecordFile.Write(_folder["nothing.tfrecord"], []);
        FileRefused("nothing.tfrecord", "expected a melody, found none");
        Assert.Throws<TFRecordFormatException>(() => TFRecordMusic.KindOf(_folder["nothing.tfrecord"]));
        Assert.Throws<FileNotFoundException>(() => TFRecordMusic.ReadMelodies(_folder["absent.tfrecord"], MelodyEncoding.Default));
    }

    [Fact]
    public void A_bad_record_costs_a_corpus_only_itself_and_names_keep_their_folder()
    {
        byte[] tune = [.. Tempo(0, 120), .. Note(60, 80, 0, 0.25)];
        TFRecordFile.Write(_folder["file"], [tune, "what is this"u8.ToArray(), (byte[])[.. Wire.Text(2, "tune"), .. tune]]);

        FoundPiece[] found = Pieces();

        Assert.Equal(["a/x.tfrecord, record 1", "a/x.tfrecord, record 2", "a/x.tfrecord: tune"], found.Select(piece => piece.Name));
        Assert.Equal([false, true, false], found.Select(piece => piece.Problem is not null));

        TFRecordFile.Write(_folder["file"], Enumerable.Repeat((ReadOnlyMemory<byte>)"what is this"u8.ToArray(), 1000));
        Assert.Contains("the rest is left out", Pieces()[^1].Problem, StringComparison.Ordinal);
        Assert.Equal(101, Pieces().Length);

        FoundPiece[] Pieces() =>
            [.. TFRecordFormat.Format.Read(File.ReadAllBytes(_folder["file"]), "a/x.tfrecord", new ReadingOptions(MelodyEncoding.Default))];
    }

    [Fact]
    public void Damage_under_right_checksums_gives_no_other_exception()
    {
        RandomSource random = new(9, "forgery");
        byte[] right = [.. Wire.Text(2, "tune"), .. Metre(0, 3, 4), .. Key(0, 2, 1), .. Tempo(0, 90), .. Note(60, 80, 0, 1), .. Note(62, 80, 1, 2)];
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.Next(4) == 0 ? right[..random.Next(right.Length)] : [.. right];
            for (int changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Score score = NoteSequenceReader.Read(Record(bytes));
                read += double.IsFinite(score.SecondsAt(score.EndTick)) ? 1 : 0;
            }
            catch (TFRecordFormatException)
            {
                // The one exception.
            }
        }

        Assert.InRange(read, 5_000, 19_000);
    }

    internal static byte[] Tempo(double time, double qpm) => Wire.Bytes(7, Wire.Double(1, time), Wire.Double(2, qpm));

    internal static byte[] Metre(double time, int numerator, int denominator) =>
        Wire.Bytes(5, Wire.Double(1, time), Wire.Number(2, numerator), Wire.Number(3, denominator));

    internal static byte[] Key(double time, int key, int mode) => Wire.Bytes(6, Wire.Double(1, time), Wire.Number(2, key), Wire.Number(3, mode));

    internal static byte[] Note(int pitch, int velocity, double start, double end, int instrument = 0, int program = 0, bool drum = false) => Wire.Bytes(
        8, Wire.Number(1, pitch), Wire.Number(2, velocity), Wire.Double(3, start), Wire.Double(4, end),
        Wire.Number(7, instrument), Wire.Number(8, program), Wire.Number(9, drum ? 1 : 0));

    private void FileRefused(string name, string words) => Assert.Contains(
        words,
        Assert.Throws<TFRecordFormatException>(() => TFRecordMusic.ReadMelodies(_folder[name], MelodyEncoding.Default)).Message,
        StringComparison.Ordinal);

    private static void Refused(string words, byte[] sequence)
    {
        TFRecordFormatException error = Assert.Throws<TFRecordFormatException>(() => NoteSequenceReader.Read(Record(sequence)));
        Assert.StartsWith("made.tfrecord, record 3 at byte 50: expected ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static TFRecord Record(byte[] data) => new("made.tfrecord", 3, 50, data);
}
