using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Midi;

namespace RLTuner.Tests.Scores;

public sealed class MidiReaderTests
{
    [Fact]
    public void Running_status_goes_on_through_meta_events_and_sysex()
    {
        Score score = Read(MidiBytes.File(0, 96, MidiBytes.Track(
            0x00, 0x90, 60, 100, 0x60, 60, 0, 0x00, 0xFF, 0x01, 1, (byte)'x', 0x00, 62, 90, 0x00, 0xF0, 2, 0x7E, 0xF7, 0x60, 62, 0)));

        Assert.Equal([new ScoreNote(0, new Pitch(60), 100, 0, 96), new ScoreNote(0, new Pitch(62), 90, 96, 192)], score.Notes);
    }

    [Fact]
    public void Ticks_of_smpte_time_count_seconds_whatever_the_tempo()
    {
        Score score = Read(MidiBytes.File(1, 0xE728, MidiBytes.Track(
            0x00, 0xFF, 0x51, 3, 0x03, 0xD0, 0x90, 0x00, 0x90, 60, 100, 0x87, 0x68, 0x80, 60, 0)));

        Assert.Null(score.Tempos.TicksPerQuarter);
        Assert.Equal(1.0, score.SecondsAt(score.EndTick), 1e-12);
        Assert.Equal(240, score.Tempos.Changes.Single().QuartersPerMinute);
    }

    [Fact]
    public void Drop_frame_time_has_30000_frames_in_1001_seconds()
    {
        Score score = Read(MidiBytes.File(1, 0xE301, MidiBytes.Track(0x00, 0x90, 60, 100, 0x1E, 0x80, 60, 0)));

        Assert.Equal(1.001, score.SecondsAt(score.EndTick), 1e-12);
    }

    [Fact]
    public void Unknown_chunks_and_trailing_bytes_are_skipped()
    {
        byte[] note = [0x00, 0x90, 60, 100, 0x60, 0x80, 60, 0];
        byte[] file = [.. MidiBytes.File(1, 96, MidiBytes.Chunk("Junk", 1, 2, 3), MidiBytes.Track(note)), .. "and more"u8];

        Assert.Single(Read(file).Notes);
    }

    [Fact]
    public void Tracks_of_format_2_are_read_side_by_side()
    {
        byte[] note = [0x00, 0x90, 60, 100, 0x60, 0x80, 60, 0];
        Score score = Read(MidiBytes.File(2, 96, MidiBytes.Track(note), MidiBytes.Track(note)));

        Assert.Equal([0, 1], score.Notes.Select(n => n.Instrument));
        Assert.Equal([0, 0], score.Notes.Select(n => n.Start));
    }

    [Fact]
    public void Tracks_channels_and_programs_tell_instruments_apart_and_channel_10_is_drums()
    {
        Score score = Read(MidiBytes.File(0, 96, MidiBytes.Track(
            0x00, 0xFF, 0x03, 4, (byte)'F', (byte)'l', 0xC3, 0xB6,
            0x00, 0xC0, 73, 0x00, 0x90, 60, 100, 0x60, 0x80, 60, 0, 0x00, 0x99, 38, 100, 0x60, 0x89, 38, 0,
            0x00, 0xC0, 40, 0x00, 0x90, 60, 100, 0x60, 0x80, 60, 0)));

        Assert.Equal(
            [new Instrument(0, 0, 73, false, "Flö"), new Instrument(0, 9, 0, true, "Flö"), new Instrument(0, 0, 40, false, "Flö")],
            score.Instruments);
    }

    [Fact]
    public void A_note_off_ends_every_earlier_note_of_its_pitch_and_strictly_unended_notes_are_left_out()
    {
        Score score = ReadStrictly(MidiBytes.File(0, 96, MidiBytes.Track(
            0x00, 0x90, 60, 100, 0x10, 60, 101, 0x10, 60, 102, 0x00, 0x80, 60, 0, 0x10, 60, 0, 0x00, 0x90, 64, 1)));

        Assert.Equal([(0L, 32L), (16L, 32L), (32L, 48L)], score.Notes.Select(note => (note.Start, note.End)));
    }

    [Fact]
    public void Tempo_changes_bend_time_from_their_tick_on()
    {
        TempoMap map = TempoMap.Metrical(100, new TempoChange(200, 60), new TempoChange(400, 60), new TempoChange(600, 240));

        Assert.Equal([(0, 120.0), (200, 60), (600, 240)], map.Changes.Select(change => (change.Tick, change.QuartersPerMinute)));
        Assert.Equal([0, 0.5, 1, 2, 5, 5.25], new long[] { 0, 100, 200, 300, 600, 700 }.Select(map.SecondsAt));
    }

    [Theory]
    [InlineData("", 0, "expected a MIDI file")]
    [InlineData("RIFFxxxxxxxxxxxxxxxx", 0, "expected a MIDI file")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0", 8, "expected a header")]
    [InlineData("MThd\0\0\0\u0006\0\u0003\0\u0001\0\u0060", 10, "expected format 0, 1 or 2, found 3")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\0", 14, "ticks a quarter note")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060", 14, "expected 1 tracks, found 0")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\u007f\0\0\0", 22, "expected a chunk of 2130706432 bytes, found 0")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\0\0\0\u0002\0\u0040", 23, "expected an event's status")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\0\0\0\u0004\0\u0090\u0040\u0090", 25, "expected an event's data")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\0\0\0\u0007\0\u00ff\u0051\u0003\0\0\0", 26, "expected a tempo")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\0\0\0\u0006\0\u00ff\u0058\u0002\0\u0002", 26, "expected a time signature")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\0\0\0\u0005\u00ff\u00ff\u00ff\u00ff\0", 22, "a number of at most four bytes")]
    [InlineData("MThd\0\0\0\u0006\0\u0001\0\u0001\0\u0060MTrk\0\0\0\u0002\0\u00f4", 24, "not an undefined one, found 0xF4")]
    public void Strictly_damage_is_reported_with_file_place_and_expectation(string file, long offset, string expected)
    {
        MidiFormatException e = Assert.Throws<MidiFormatException>(() => ReadStrictly([.. file.Select(letter => (byte)letter)]));

        Assert.Equal(("test.mid", offset), (e.FileName, e.Offset));
        Assert.StartsWith($"test.mid, byte {offset}: expected", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("found", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_without_being_stored()
    {
        using EndlessStream endless = new();
        MidiFormatException e = Assert.Throws<MidiFormatException>(() => MidiReader.Read(endless, "endless"));

        Assert.Contains($"at most {MidiReader.MaxFileBytes} bytes", e.Message, StringComparison.Ordinal);
    }

    private static Score Read(byte[] file) => MidiReader.Read(file, "test.mid");

    private static Score ReadStrictly(byte[] file) => MidiReader.Read(file, "test.mid", strict: true);

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'M');
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
