using System.Text;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.MusicXml;
using static RLTuner.Tests.Scores.MusicXml.MusicXmlText;

namespace RLTuner.Tests.Scores.MusicXml;

public sealed class MusicXmlReaderTests
{
    private const string TieStart = "<tie type=\"start\"/>";
    private const string TieStop = "<tie type=\"stop\"/>";

    private static readonly string OneNote = Score(Measure(Start + Note("C4", 8)));

    [Fact]
    public void Notes_rests_and_chords_follow_one_another()
    {
        string measure = Start + Note("C4", 2) + Note("E4", 2, before: "<chord/>") + Note("R", 1) + Note("G4", 1) + Note("B3", 4, alter: "<alter>-1</alter>");
        Assert.Equal("C4:0+1 E4:0+1 G4:1.5+0.5 Bb3:2+2", Notes(Read(Score(Measure(measure)))));
    }

    [Fact]
    public void Voices_are_instruments_in_order_of_their_numbers()
    {
        string voices = Start + Note("C3", 8, "<voice>5</voice>") + "<backup><duration>8</duration></backup><forward><duration>2</duration></forward>"
            + Note("C5", 6, "<voice>1</voice><lyric><text>la</text></lyric>");
        Score score = Read(Score(Measure(voices), Measure(Note("E2", 4))));

        Assert.Equal(
            [new Instrument(0, 0, 0, false, "Part 1, voice 1", true), new Instrument(0, 0, 0, false, "Part 1, voice 5"), new Instrument(1, 0, 0, false, "Part 2")],
            score.Instruments.AsEnumerable());
        Assert.Equal("C5:1+3", Notes(score, 0));
        Assert.Equal("C3:0+4", Notes(score, 1));
    }

    [Fact]
    public void Divisions_may_change_and_differ_between_parts()
    {
        string triplets = Measure("<attributes><divisions>3</divisions></attributes>" + Note("C4", 1) + Note("D4", 1) + Note("E4", 1))
            + Measure("<attributes><divisions>8</divisions></attributes>" + Note("F4", 1) + Note("G4", 7));
        Score score = Read(Score(triplets, Measure("<attributes><divisions>5</divisions></attributes>" + Note("C3", 1) + Note("D3", 4))));

        Assert.Equal(120, score.Tempos.TicksPerQuarter);
        Assert.Equal("C4:0+0.333 D4:0.333+0.333 E4:0.667+0.333 F4:1+0.125 G4:1.125+0.875", Notes(score, 0));
        Assert.Equal("C3:0+0.2 D3:0.2+0.8", Notes(score, 1));
    }

    [Fact]
    public void A_grid_too_fine_is_rounded()
    {
        string odd = "<attributes><divisions>1000003</divisions></attributes>" + Note("C4", 1000003);
        Score score = Read(Score(Measure(odd), Measure("<attributes><divisions>1000033</divisions></attributes>" + Note("C3", 1000033))));
        Assert.Equal("C4:0+1", Notes(score, 0));
        Assert.Equal("C3:0+1", Notes(score, 1));
    }

    [Fact]
    public void Tied_notes_are_one()
    {
        string first = Measure(Start + Note("C4", 8, TieStart) + Note("E4", 8, "<notations><tied type=\"start\"/></notations>", before: "<chord/>"));
        string second = Measure(Note("C4", 2, TieStop + TieStart) + Note("E4", 2, "<notations><tied type=\"stop\"/></notations>", before: "<chord/>") + Note("C4", 2, TieStop) + Note("C4", 4));
        Assert.Equal("C4:0+6 E4:0+5 C4:6+2", Notes(Read(Score(first + second))));
    }

    [Fact]
    public void Ties_without_their_other_end_do_nothing()
    {
        Assert.Equal("C4:0+2 C4:2+2", Notes(Read(Score(Measure(Start + Note("C4", 4, TieStart) + Note("C4", 4))))));
        Assert.Equal("C4:0+2 C4:2+2", Notes(Read(Score(Measure(Start + Note("C4", 4) + Note("C4", 4, TieStop))))));
    }

    [Fact]
    public void Grace_notes_take_no_time_and_cue_notes_are_silent()
    {
        string grace = "<note><grace/><pitch><step>D</step><octave>4</octave></pitch></note>";
        Assert.Equal("C4:2+2", Notes(Read(Score(Measure(Start + Note("G4", 4, before: "<cue/>") + grace + Note("C4", 4))))));
    }

    [Fact]
    public void Transposing_parts_sound_where_they_sound()
    {
        string clarinet = "<attributes><divisions>2</divisions><key><fifths>2</fifths></key><transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose></attributes>";
        string piccolo = "<attributes><divisions>2</divisions><transpose><chromatic>0</chromatic><octave-change>1</octave-change></transpose></attributes>";
        Score score = Read(Score(Measure(clarinet + Note("D4", 8)), Measure(piccolo + Note("D4", 8))));

        Assert.Equal("C4:0+4", Notes(score, 0));
        Assert.Equal("D5:0+4", Notes(score, 1));
        Assert.Equal("D5:0+4", Notes(Read(Score(Measure(piccolo + Note("D4", 8))))));
    }

    [Theory]
    [InlineData(2, -2, 0)]
    [InlineData(-3, 3, -6)]
    [InlineData(0, -9, -3)]
    [InlineData(7, 1, 2)]
    public void Key_signatures_sound_where_they_sound(int written, int semitones, int sounding)
    {
        string attributes = $"<attributes><key><fifths>{written}</fifths><mode>minor</mode></key><transpose><chromatic>{semitones}</chromatic></transpose></attributes>";
        KeySignatureChange change = Assert.Single(Read(Score(Measure(attributes + Note("C4", 4)))).KeySignatures);
        Assert.Equal((((sounding * 7) % 12) + 12) % 12, change.KeySignature.MajorTonic);
        Assert.True(change.KeySignature.IsMinor);
    }

    [Fact]
    public void A_quarter_tone_goes_up()
    {
        Assert.Equal("C#4:0+4", Notes(Read(Score(Measure(Start + Note("C4", 8, alter: "<alter>0.5</alter>"))))));
        Assert.Equal("C4:0+4", Notes(Read(Score(Measure(Start + Note("C4", 8, alter: "<alter>-0.5</alter>"))))));
    }

    [Theory]
    [InlineData("implicit=\"yes\"")]
    [InlineData("number=\"0\"")]
    public void A_pickup_ends_at_the_first_bar_line(string attributes)
    {
        Score score = Read(Score(Measure(Start + Note("G4", 2), attributes) + Measure(Note("C5", 8))));
        Assert.Equal("G4:3+1 C5:4+4", Notes(score));
        Assert.Equal([new TimeSignatureChange(0, TimeSignature.CommonTime)], score.TimeSignatures.AsEnumerable());
    }

    [Fact]
    public void Measures_last_as_long_as_their_longest_part_and_empty_ones_a_bar()
    {
        string waltz = "<attributes><divisions>1</divisions><time><beats>3</beats><beat-type>4</beat-type></time></attributes>";
        Score score = Read(Score(Measure(waltz + Note("C4", 3)) + Measure("") + Measure(Note("D4", 1)) + Measure(Note("E4", 3)), Measure("") + Measure("") + Measure(Note("F3", 2))));
        Assert.Equal("C4:0+3 D4:6+1 E4:8+3", Notes(score));
    }

    [Fact]
    public void Tempos_metres_and_keys_stand_at_their_ticks()
    {
        string sound = "<direction><direction-type><words>Lento</words></direction-type><sound tempo=\"50\"/></direction>";
        string metronome = "<direction><direction-type><metronome><beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>60</per-minute></metronome></direction-type></direction>";
        string change = "<attributes><key><fifths>-1</fifths><mode>minor</mode></key><time><beats>3+2</beats><beat-type>8</beat-type><beats>1</beats><beat-type>4</beat-type></time></attributes>";
        Score score = Read(Score(Measure(Start + sound + Note("C4", 8)) + Measure(change + Note("C4", 4) + metronome + Note("D4", 3))));

        Assert.Equal([new TempoChange(0, 50), new TempoChange(12, 90)], score.Tempos.Changes.AsEnumerable());
        Assert.Equal([new TimeSignatureChange(0, TimeSignature.CommonTime), new TimeSignatureChange(8, new TimeSignature(7, 8))], score.TimeSignatures.AsEnumerable());
        Assert.Equal([new KeySignatureChange(8, new KeySignature(-1, true))], score.KeySignatures.AsEnumerable());
    }

    [Fact]
    public void Channels_and_programs_count_from_zero_and_the_tenth_is_drums()
    {
        string text = OneNote.Replace(
            "<part-name>Part 1</part-name>",
            "<part-name>Bells</part-name><midi-instrument id=\"I\"><midi-channel>10</midi-channel><midi-program>15</midi-program></midi-instrument>",
            StringComparison.Ordinal);
        Assert.Equal([new Instrument(0, 9, 14, true, "Bells")], Read(text).Instruments.AsEnumerable());
    }

    [Fact]
    public void Timewise_files_hold_the_same()
    {
        string timewise = "<score-timewise><part-list><score-part id=\"P1\"><part-name>A</part-name></score-part></part-list>"
            + $"<measure number=\"1\"><part id=\"P1\">{Start}{Note("C4", 8)}</part><part id=\"P2\">{Note("E3", 4)}</part></measure>"
            + $"<measure number=\"2\"><part id=\"P1\">{Note("D4", 8)}</part></measure></score-timewise>";
        Score score = Read(timewise);
        Assert.Equal("C4:0+4 D4:4+4", Notes(score, 0));
        Assert.Equal("E3:0+4", Notes(score, 1));
    }

    [Fact]
    public void Nonsense_in_one_note_costs_that_note()
    {
        string measure = Start + Note("H4", 2) + Note("C99", 2) + Note("C4", 2) + "<note><pitch/></note><note/>" + Note("D4", 2, "<voice/>");
        Assert.Contains("C4:2+1", Notes(Read(Score(Measure(measure, "")))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", 65001)]
    [InlineData("UTF-16", 1200)]
    [InlineData("iso-8859-1", 28591)]
    [InlineData("windows-1252", 1252)]
    public void Declared_encodings_are_read(string name, int codePage)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        string text = $"<?xml version=\"1.0\" encoding=\"{name}\"?>" + OneNote.Replace("Part 1", "Flöte", StringComparison.Ordinal);
        byte[] file = [.. name == "UTF-16" ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        Assert.Equal("Flöte", Assert.Single(MusicXmlReader.Read(file, "test").Instruments).Name);
    }

    [Fact]
    public void Archives_are_known_by_content_and_read_even_when_their_container_is_wrong()
    {
        static byte[] Container(string path) => Bytes($"<container xmlns=\"urn:x\"><rootfiles><rootfile full-path=\"{path}\"/></rootfiles></container>");
        byte[] score = Bytes(OneNote);
        byte[] other = Bytes(OneNote.Replace("C</step>", "D</step>", StringComparison.Ordinal));

        Assert.Equal("C4:0+4", Notes(MusicXmlReader.Read(Zip(("other.xml", other), ("META-INF/container.xml", Container("a/b.xml")), ("a/b.xml", score)), "x")));
        Assert.Equal("C4:0+4", Notes(MusicXmlReader.Read(Zip(("META-INF/container.xml", Container("gone.xml")), ("b.musicxml", score)), "x")));
        Assert.Equal("C4:0+4", Notes(MusicXmlReader.Read(Zip(("META-INF/container.xml", Bytes("<container>")), ("b.xml", score)), "x")));
        Assert.Equal("C4:0+4", Notes(MusicXmlReader.Read(Zip(("picture.png", [1]), ("b.xml", score)), "x")));
        Assert.Contains("expected a score", Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(Zip(("picture.png", [1])), "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_say_where()
    {
        string cut = OneNote[..OneNote.IndexOf("<octave>", StringComparison.Ordinal)];
        MusicXmlFormatException e = Assert.Throws<MusicXmlFormatException>(() => Read(cut));
        Assert.StartsWith("test, part P1, measure 1: expected XML", e.Message, StringComparison.Ordinal);
        Assert.Equal(("test", "P1", "1"), (e.FileName, e.Part, e.Measure));
        Assert.Contains("found a web page, HTML", Assert.Throws<MusicXmlFormatException>(() => Read("<html/>")).Message, StringComparison.Ordinal);
    }
}
