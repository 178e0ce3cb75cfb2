using System.Diagnostics;
using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.Midi;
using RLTuner.Tests.Corpus;

namespace RLTuner.Tests.Scores;

/// <summary>Files from strangers: whatever is done to the bytes, the answer is a score or the named error, soon.</summary>
public sealed class MidiDamageTests
{
    [Fact]
    public void Damaged_files_give_a_score_or_the_named_error() => Damage(seed: 1, cases: 2_000, limit: TimeSpan.FromSeconds(20));

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_thousand_damaged_files_give_a_score_or_the_named_error() =>
        Damage(seed: 2, cases: 100_000, limit: TimeSpan.FromMinutes(10));

    [Fact]
    public void A_note_held_for_years_costs_no_memory()
    {
        byte[] wait = [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0x01, 0];
        byte[] file = MidiBytes.File(0, 1, MidiBytes.Track([
            0x00, 0x90, 60, 100, 0x01, 0x80, 60, 0, 0x00, 0x90, 62, 100, .. wait, .. wait, .. wait, 0x00, 0x80, 62, 0]));
        Score score = MidiReader.Read(file, "years");

        Assert.Equal((3L << 28) - 2, score.EndTick);
        QuantizationException e = Assert.Throws<QuantizationException>(() => Quantizer.Quantize(score));
        Assert.Contains("cut the score", e.Message, StringComparison.Ordinal);
        ExtractionResult result = MelodyExtractor.Extract(Quantizer.Quantize(score, stepsPerQuarter: 1), MelodyExtractorOptions.Primer);
        Assert.Equal(new ExtractionCounters(TooLong: 1, PolyphonicTracks: 0, TooShort: 0, TooFewPitches: 0, Truncated: 0), result.Counters);
    }

    [Fact]
    public void The_largest_files_of_nothing_but_events_are_read_in_time_and_memory_of_their_size()
    {
        // Running status makes a note of six bytes; a note off that ends none of many open notes must not look at each of them.
        byte[] body = new byte[3 << 19];
        for (int i = 0; i < body.Length; i += 3)
        {
            (body[i], body[i + 1], body[i + 2]) = ((byte)(i % 2), 60, (byte)(i % 15 == 0 ? 0 : 1));
        }

        byte[] events = [0, 0x90, 60, 1, .. body];
        byte[] file = [.. MidiBytes.File(0, 96, MidiBytes.Chunk("MTrk"))[..14], .. "MTrk"u8,
            (byte)(events.Length >> 24), (byte)(events.Length >> 16), (byte)(events.Length >> 8), (byte)events.Length, .. events];
        long start = Stopwatch.GetTimestamp();
        Score score = MidiReader.Read(file, "large");

        Assert.InRange(score.Notes.Length, 50_000, body.Length / 3);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    private static void Damage(ulong seed, int cases, TimeSpan limit)
    {
        RandomSource random = new(seed, "damage");
        List<byte[]> files = [.. Enumerable.Range(0, 20).Select(_ => MidiWriter.ToBytes(RandomMelody.Any(random)))];
        files.AddRange(MidiSample.Names().Select(row => row.Data).Where(name => name != "absent")
            .Select(name => File.ReadAllBytes(MidiSample.Load(name).Path)).Where(file => file.Length is > 0 and < 5_000));
        long start = Stopwatch.GetTimestamp();
        int read = 0;
        for (int i = 0; i < cases; i++)
        {
            byte[] file = Damaged(files[random.Next(files.Count)], random);
            try
            {
                Score score = MidiReader.Read(file, "damaged");
                AssertSound(score);
                MelodyExtractor.Extract(Quantizer.Quantize(score), MelodyExtractorOptions.Primer);
                read++;
            }
            catch (Exception e) when (e is MidiFormatException or QuantizationException)
            {
                Assert.Contains("expected", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < limit);
        Assert.InRange(read, cases / 100, cases);
    }

    private static void AssertSound(Score score)
    {
        foreach (ScoreNote note in score.Notes)
        {
            bool sound = note.Start >= 0 && note.End >= note.Start && note.Pitch.MidiNumber is >= 0 and <= 127
                && note.Velocity is >= 1 and <= 127 && note.Instrument >= 0 && note.Instrument < score.Instruments.Length
                && score.SecondsAt(note.End) >= score.SecondsAt(note.Start);
            Assert.True(sound, note.ToString());
        }
    }

    private static byte[] Damaged(byte[] file, RandomSource random)
    {
        List<byte> bytes = [.. file];
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
