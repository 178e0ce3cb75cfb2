using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

public sealed class MidiWriterTests
{
    private static readonly TimeSignature[] Metres = [new(4, 4), new(3, 4), new(6, 8), new(2, 2), new(5, 8), new(12, 8)];

    [Fact]
    public void What_is_written_is_read_back_note_for_note()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            RandomSource random = new(seed, "writer");
            Melody melody = RandomMelody.Any(random);
            MelodyWriterOptions options = RandomOptions(random);
            Score score = MidiReader.Read(MidiWriter.ToBytes(melody, options), "written");
            QuantizedScore quantized = Quantizer.Quantize(score);

            Assert.Equal(melody.Notes(), quantized.Notes.Select(note => new MelodyNote(note.Pitch, note.Start, note.End - note.Start)));
            Assert.All(score.Notes, note => Assert.Equal(options.Velocity, note.Velocity));
            Instrument expected = new(1, 0, options.Program, false, options.Name);
            Assert.All(score.Instruments, instrument => Assert.Equal(expected, instrument));
            Assert.Equal(options.TimeSignature, quantized.TimeSignature);
            Assert.Equal(options.Tempo, quantized.Tempo, options.Tempo * 1e-4);
            Assert.Equal(KeySignature.Nearest(options.Key), score.KeySignatures.Single().KeySignature);
        }
    }

    [Fact]
    public void What_is_written_is_extracted_again_event_for_event()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            RandomSource random = new(seed, "extracted");
            MelodyWriterOptions options = RandomOptions(random);
            Melody melody = RandomMelody.AsExtracted(random, options.TimeSignature.StepsPerBar());
            QuantizedScore score = Quantizer.Quantize(MidiReader.Read(MidiWriter.ToBytes(melody, options), "written"));

            ExtractedMelody extracted = Assert.Single(MelodyExtractor.Extract(score, MelodyExtractorOptions.Primer).Melodies);
            Assert.Equal(melody.Events, extracted.Melody.Events);
        }
    }

    [Fact]
    public void The_bytes_of_a_small_file_are_these()
    {
        Melody melody = Melody.FromClasses([14, 0, 1, 16], MelodyEncoding.Default);

        byte[] expected =
        [
            .. "MThd"u8, 0, 0, 0, 6, 0, 1, 0, 2, 0x01, 0xE0,
            .. "MTrk"u8, 0, 0, 0, 26,
            0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, 0, 0xFF, 0x58, 4, 4, 2, 24, 8, 0, 0xFF, 0x59, 2, 0, 0, 0x83, 0x60, 0xFF, 0x2F, 0,
            .. "MTrk"u8, 0, 0, 0, 34,
            0, 0xFF, 0x03, 6, .. "Melody"u8, 0, 0xC0, 0,
            0, 0x90, 60, 100, 0x81, 0x70, 0x80, 60, 64, 0x78, 0x90, 62, 100, 0x78, 0x80, 62, 64, 0, 0xFF, 0x2F, 0,
        ];
        Assert.Equal(expected, MidiWriter.ToBytes(melody));
    }

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_is_left_beside_it()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("melody.mid");
        File.WriteAllText(path, "older");
        Melody melody = Melody.FromClasses([14, 0, 0, 0], MelodyEncoding.Default);
        MidiWriter.Write(path, melody);

        Assert.Equal(MidiWriter.ToBytes(melody), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Melody melody = new([]);
        Assert.Throws<ArgumentException>("Tempo", () => MidiWriter.ToBytes(melody, new MelodyWriterOptions { Tempo = double.NaN }));
        Assert.Throws<ArgumentException>("Program", () => MidiWriter.ToBytes(melody, new MelodyWriterOptions { Program = 128 }));
        Assert.Throws<ArgumentException>("Velocity", () => MidiWriter.ToBytes(melody, new MelodyWriterOptions { Velocity = 0 }));
        Assert.Throws<ArgumentException>("TimeSignature", () => new MelodyWriterOptions { TimeSignature = default }.Validated());
    }

    internal static MelodyWriterOptions RandomOptions(RandomSource random) => new()
    {
        Tempo = 20 + (random.NextDouble() * 300),
        TimeSignature = Metres[random.Next(Metres.Length)],
        Key = new Key(random.Next(12), Mode.Known[random.Next(Mode.Known.Length)]),
        Program = random.Next(128),
        Velocity = 1 + random.Next(127),
        Name = random.Next(2) == 0 ? "Ünïcode 旋律" : "",
    };
}
