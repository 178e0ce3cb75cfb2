using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

/// <summary>Damage and bad habits that leave the melody whole: it is read, and a remark says what was passed over and where.</summary>
public sealed class MidiFaultTests
{
    // Four notes of a quarter: an on and an off each, ticks of 96.
    private static readonly byte[] Before = [.. Note(60), .. Note(62)];

    private static readonly byte[] After = [.. Note(64), .. Note(65)];

    [Theory]
    [InlineData("B0 07 80", "other events are passed over")]
    [InlineData("C0 FF", "other events are passed over")]
    [InlineData("E0 F1 80", "other events are passed over")]
    [InlineData("B0 FE 07 40", "real-time bytes in events")]
    [InlineData("B0 07 F8 F8 40", "real-time bytes in events")]
    [InlineData("FE", null)]
    [InlineData("F6", null)]
    [InlineData("F9", "undefined events")]
    [InlineData("F4", "undefined events")]
    [InlineData("FF 51 03 00 00 00", "tempo before it holds")]
    [InlineData("FF 51 02 07 A1", "tempo before it holds")]
    [InlineData("FF 51 00", "tempo before it holds")]
    [InlineData("FF 51 02 07 A1 20", "give way to the usual ones")]
    [InlineData("FF 58 04 04 07 18 08", "metre before it holds")]
    [InlineData("FF 58 04 00 02 18 08", "metre before it holds")]
    [InlineData("FF 58 01 04", "metre before it holds")]
    [InlineData("FF 58 40 04 02 18 08", "give way to the usual ones")]
    [InlineData("FF 59 02 20 00", "such key signatures")]
    [InlineData("FF 59 FF FF FF FF 00 00", "up to the next event")]
    [InlineData("FF 01 FF FF FF 7F 41 42", "up to the next event")]
    [InlineData("F0 7F 7E 01 02 F7", "to their end")]
    [InlineData("F0 41 10 42 F7", "to their end")]
    [InlineData("3C 5A", null)]
    [InlineData("FF 2F 00", "ends of tracks before events")]
    [InlineData("F0 0C 41 10", "up to the next event")]
    [InlineData("F0 FF FF FF FF 01", "up to the next event")]
    public void What_stands_between_notes_costs_no_note(string bytes, string? remark)
    {
        Score score = Read(File(1, [.. Before, 0, .. Bytes(bytes), .. After]));

        Assert.Equal([60, 62, 64, 65], score.Notes.Where(note => note.End > note.Start).Select(note => note.Pitch.MidiNumber));
        AssertRemark(score, remark);
    }

    [Fact]
    public void A_length_beyond_the_track_is_not_taken_for_an_event_that_swallows_notes()
    {
        byte[] notes = [.. Enumerable.Range(60, 30).SelectMany(pitch => Note((byte)pitch))];
        Score score = Read(File(1, [0, 0xFF, 0x03, 0xFF, 0xFF, 0xFF, 0x7F, .. "abc"u8, .. notes]));

        Assert.Equal(30, score.Notes.Length);
        AssertRemark(score, "up to the next event");
    }

    [Fact]
    public void The_name_of_a_track_may_be_in_small_letters()
    {
        byte[] file = File(1, [.. Before, .. After]);
        "mtrk"u8.CopyTo(file.AsSpan(14));

        Assert.Equal([60, 62, 64, 65], Read(file).Notes.Select(note => note.Pitch.MidiNumber));
    }

    [Fact]
    public void A_velocity_above_127_is_127_and_a_pitch_loses_its_top_bit()
    {
        Score score = Read(File(1, [0, 0x90, 60 | 0x80, 100, 96, 0x80, 60, 0, 0, 0x90, 62, 0x80, 96, 0x80, 62, 0x80, .. After]));

        Assert.Equal([(60, 100), (62, 127), (64, 100), (65, 100)], score.Notes.Select(note => (note.Pitch.MidiNumber, note.Velocity)));
        Assert.Equal(3, Assert.Single(score.Remarks).Count);
    }

    [Fact]
    public void Real_time_bytes_recorded_as_they_came_cost_no_time()
    {
        Score inside = Read(File(1, [0, 0x90, 0xFE, 60, 0xF8, 100, 0xFE, 0x83, 0x60, 0x80, 60, 0, .. After]));
        Score without = Read(File(1, [.. Before, 0, 0xFE, 0x90, 64, 100, 96, 0x80, 64, 0]));

        Assert.Equal([(0L, 480L), (480L, 576L), (576L, 672L)], inside.Notes.Select(note => (note.Start, note.End)));
        Assert.Equal([(0L, 96L), (96L, 192L), (192L, 288L)], without.Notes.Select(note => (note.Start, note.End)));
    }

    [Fact]
    public void A_track_that_starts_amid_an_event_is_read_from_the_next()
    {
        Score score = Read(File(1, [0x3C, 0x40, 0x10, .. Before]));

        Assert.Equal([60, 62], score.Notes.Select(note => note.Pitch.MidiNumber));
        AssertRemark(score, "up to the next event");
    }

    [Fact]
    public void Times_of_five_bytes_count_as_none()
    {
        Score score = Read(File(1, [.. Before, 0x8F, 0xFF, 0xFF, 0xFF, 0x70, 0x90, 64, 100, 96, 0x80, 64, 0]));

        Assert.Equal([60, 62, 64], score.Notes.Select(note => note.Pitch.MidiNumber));
        AssertRemark(score, "times that are longer");
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(20)]
    [InlineData(8)]
    [InlineData(0)]
    [InlineData(0x7FFFFFFF)]
    public void A_wrong_length_of_a_track_costs_no_note(int length)
    {
        byte[] first = MidiBytes.Track([.. Before, .. After]);
        (first[4], first[5], first[6], first[7]) = ((byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length);
        Score score = Read(MidiBytes.File(1, 96, first, MidiBytes.Track(Note(72))));

        Assert.Equal([60, 62, 64, 65, 72], score.Notes.Select(note => note.Pitch.MidiNumber));
        AssertRemark(score, "lengths of tracks");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    public void All_tracks_that_are_there_are_read(int said)
    {
        byte[] file = MidiBytes.File(1, 96, MidiBytes.Track(Before), MidiBytes.Track(After));
        file[11] = (byte)said;
        Score score = Read(file);

        Assert.Equal([60, 62, 64, 65], score.Notes.Select(note => note.Pitch.MidiNumber));
        AssertRemark(score, "all that are there");
    }

    [Theory]
    [InlineData("MTrx", "MTrk", null)]
    [InlineData("MTrk", "XTrk", null)]
    [InlineData("\u0001\u0002", "", "what stands between tracks")]
    public void Damage_between_tracks_costs_none(string first, string second, string? remark)
    {
        byte[] one = first.Length == 4 ? MidiBytes.Chunk(first, [.. Before, .. MidiBytes.EndOfTrack]) : [.. MidiBytes.Track(Before), 1, 2, 3];
        byte[] two = second.Length == 4 ? MidiBytes.Chunk(second, [.. After, .. MidiBytes.EndOfTrack]) : MidiBytes.Track(After);
        byte[] file = [.. MidiBytes.File(1, 96, MidiBytes.Track(), MidiBytes.Track())[..14], .. one, .. two];
        Score score = Read(file);

        Assert.Equal([60, 62, 64, 65], score.Notes.Select(note => note.Pitch.MidiNumber));
        Assert.Equal(remark is null ? 0 : 1, score.Remarks.Length);
    }

    [Theory]
    [InlineData(0, "ends with its last event")]
    [InlineData(2, "up to the next event")]
    [InlineData(3, null)]
    public void A_track_without_an_end_keeps_its_notes(int cut, string? remark)
    {
        byte[] events = [.. Before, .. After];
        Score score = Read(MidiBytes.File(0, 96, MidiBytes.Chunk("MTrk", events[..^cut])));

        Assert.Equal([60, 62, 64, 65], score.Notes.Select(note => note.Pitch.MidiNumber));
        Assert.NotEmpty(score.Remarks);
        if (remark is not null && cut == 0)
        {
            AssertRemark(score, remark);
        }
    }

    [Fact]
    public void Every_cut_keeps_the_notes_before_it()
    {
        byte[] file = File(1, [.. Before, .. After]);
        for (int length = 14 + 8 + 4; length < file.Length; length++)
        {
            int started = Enumerable.Range(0, 4).Count(i => 22 + (8 * i) + 4 <= length);
            Assert.Equal(started, Read(file[..length]).Notes.Length);
        }
    }

    [Fact]
    public void A_note_ended_where_it_starts_lasts_a_step()
    {
        Score score = Read(File(1, [0, 0x90, 60, 100, 0, 0x80, 60, 0, 96, 0x90, 62, 100, 0, 62, 0, 96, 0xFF, 0x01, 0]));

        Assert.Equal([(0, 1), (4, 5)], Quantizer.Quantize(score).Notes.Select(note => (note.Start, note.End)));
        Assert.Empty(score.Remarks);
        Assert.Empty(MidiReader.Read(File(1, [0, 0x90, 60, 100, 0, 0x80, 60, 0]), "strict.mid", strict: true).Notes);
    }

    [Fact]
    public void A_note_without_end_lasts_to_the_next_of_its_pitch_or_the_end_of_the_track()
    {
        Score score = Read(File(1, [0, 0x90, 60, 100, 10, 60, 100, 10, 62, 100, 20, 0xFF, 0x01, 0]));

        Assert.Equal([(60, 0L, 10L), (60, 10L, 40L), (62, 20L, 40L)], score.Notes.Select(note => (note.Pitch.MidiNumber, note.Start, note.End)));
        AssertRemark(score, "notes without end");
    }

    [Theory]
    [InlineData("RIFF\u0030\0\0\0RMIDdata\u0030\0\0\0", false)]
    [InlineData("RIFF\u0030\0\0\0RMIDLIST\u0004\0\0\0INFOdata\u0030\0\0\0", false)]
    [InlineData("From: someone\r\n\r\n", true)]
    [InlineData("\0\u0005melody", true)]
    public void The_file_proper_is_found_behind_what_wraps_it(string wrapping, bool isRemarked)
    {
        byte[] file = [.. wrapping.Select(letter => (byte)letter), .. File(1, [.. Before, .. After])];
        Score score = Read(file);

        Assert.Equal(4, score.Notes.Length);
        Assert.Equal(isRemarked ? 1 : 0, score.Remarks.Length);
    }

    [Theory]
    [InlineData(3, 'x', "header before the first track")]
    [InlineData(7, 9, "header is taken to have 6 bytes")]
    [InlineData(7, 2, "header is taken to have 6 bytes")]
    [InlineData(9, 7, "read as format 1")]
    [InlineData(13, 0, "480 ticks a quarter")]
    [InlineData(12, 0x81, "480 ticks a quarter")]
    public void A_damaged_header_costs_no_note(int at, int value, string remark)
    {
        byte[] file = File(1, [.. Before, .. After]);
        file[at] = (byte)value;
        Score score = Read(file);

        Assert.Equal([60, 62, 64, 65], score.Notes.Select(note => note.Pitch.MidiNumber));
        AssertRemark(score, remark);
    }

    [Theory]
    [InlineData("MThd\0\0\0\u0006\0\0\0\u0001\0\u0060MTrk\0\0\0\u0004\0\u00F4\0\u00F5", "expected notes in spite of damage")]
    [InlineData("<!DOCTYPE html><html><body>Not found</body></html>", "found a web page, HTML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0", "found a Git LFS pointer")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "found a server's error message, XML")]
    [InlineData("", "expected a MIDI file")]
    public void Only_what_holds_no_note_is_refused(string file, string problem)
    {
        MidiFormatException error = Assert.Throws<MidiFormatException>(() => Read([.. file.Select(letter => (byte)letter)]));

        Assert.StartsWith("test.mid, byte ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_are_one_a_kind_however_much_is_damaged()
    {
        byte[] bad = [.. Enumerable.Repeat<byte[]>([0, 0xB0, 7, 0x80], 10_000).SelectMany(each => each)];
        byte[] file = [.. File(1, [])[..18], 0, 0, 0xFF, 0, .. bad, .. Before, .. MidiBytes.EndOfTrack];
        Remark remark = Read(file).Remarks.First(remark => remark.Count > 1);

        Assert.Equal(10_000, remark.Count);
        Assert.Equal(
            "byte 24: expected an event's data (below 0x80), found 0x0780; pitches lose their top bit, velocities become 127, "
            + "other events are passed over (10,000 times in all)",
            remark.ToString());
    }

    private static byte[] Note(byte pitch) => [0, 0x90, pitch, 100, 96, 0x80, pitch, 0];

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] File(int format, byte[] events) => MidiBytes.File(format, 96, MidiBytes.Track(events));

    private static Score Read(byte[] file) => MidiReader.Read(file, "test.mid");

    private static void AssertRemark(Score score, string? remark)
    {
        if (remark is not null)
        {
            Assert.Contains(score.Remarks, found => found.Action.Contains(remark, StringComparison.Ordinal));
        }
    }
}
