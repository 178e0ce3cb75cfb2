using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using RLTuner.Numerics;
using RLTuner.Scores;
using RLTuner.Scores.MusicXml;
using static RLTuner.Tests.Scores.MusicXml.MusicXmlText;

namespace RLTuner.Tests.Scores.MusicXml;

/// <summary>Files from strangers: whatever is done to the bytes, the answer is a score or the named error, soon.</summary>
public sealed class MusicXmlDamageTests
{
    [Fact]
    public void Damaged_files_give_a_score_or_the_named_error() => Damage(seed: 1, cases: 3_000, limit: TimeSpan.FromSeconds(20));

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_thousand_damaged_files_give_a_score_or_the_named_error() =>
        Damage(seed: 2, cases: 100_000, limit: TimeSpan.FromMinutes(4));

    [Fact]
    public void Cut_files_keep_the_notes_before_the_cut_or_give_the_named_error()
    {
        foreach (byte[] file in Samples())
        {
            for (int length = 0; length < file.Length - 10; length += 7)
            {
                try
                {
                    Score score = MusicXmlReader.Read(file[..length], "cut", playRepeats: false);
                    Assert.NotEmpty(score.Notes);
                    Assert.Contains("what follows is passed over", Assert.Single(score.Remarks).Action, StringComparison.Ordinal);
                }
                catch (MusicXmlFormatException e)
                {
                    Assert.Contains("expected", e.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData("Tom & Jerry")]
    [InlineData("caf&eacute;&nbsp;")]
    [InlineData("a \u0002\u001B b")]
    [InlineData("AT&T &#38; &amp; &#xZZ;")]
    public void Words_that_are_no_xml_cost_no_note(string words)
    {
        string text = Score(Measure(Start + Note("C4", 8) + $"<direction><words>{words}</words></direction>") + Measure(Note("D4", 8)));
        Score score = Read(text);

        Assert.Equal("C4:0+4 D4:4+4", Notes(score));
        Assert.Contains("taken for words", Assert.Single(score.Remarks).Action, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n <?xml version=\"1.0\"?>")]
    [InlineData("\uFEFF\uFEFF<?xml version=\"1.0\"?>")]
    [InlineData("<?xml version=\"1.1\"?>")]
    [InlineData("<?xml version='1.0' encoding='x-mac-roman'?>")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?>")]
    public void A_first_line_that_the_parser_does_not_take_costs_no_note(string first) =>
        Assert.Equal("C4:0+4", Notes(MusicXmlReader.Read(Encoding.UTF8.GetBytes(first + Score(Measure(Start + Note("C4", 8)))), "first.xml")));

    [Fact]
    public void Notes_without_durations_last_as_they_look()
    {
        const string Looks = "<note><pitch><step>{0}</step><octave>4</octave></pitch><type>{1}</type>{2}</note>";
        string Looking(string step, string type, string more = "") => string.Format(System.Globalization.CultureInfo.InvariantCulture, Looks, step, type, more);
        const string Triplet = "<time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes></time-modification>";
        string body = Looking("c", "quarter", "<dot/>") + Looking("D", "eighth") + Looking("E", "16th") + Looking("F", "eighth", Triplet);
        Score score = Read(Score(Measure(body)));

        Assert.Equal([72L, 24L, 12L, 16L], score.Notes.Select(note => (note.End - note.Start) * 48 / score.Tempos.TicksPerQuarter!.Value));
    }

    [Fact]
    public void Latin_1_without_its_name_is_read()
    {
        byte[] text = Encoding.Latin1.GetBytes(Score(Measure(Start + Note("C4", 8))).Replace("Part 1", "Flöte", StringComparison.Ordinal));
        Score score = MusicXmlReader.Read(text, "latin");

        Assert.Equal("Flöte", Assert.Single(score.Instruments).Name);
    }

    [Fact]
    public void An_archive_that_inflates_without_end_is_refused_in_bounded_memory()
    {
        byte[] bomb = Zip(("bomb.xml", new byte[MusicXmlReader.MaxFileBytes + 1]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        MusicXmlFormatException e = Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(bomb, "bomb"));
        Assert.Contains("found more", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * MusicXmlReader.MaxFileBytes);
    }

    [Fact]
    public void Entities_are_not_expanded()
    {
        StringBuilder text = new("<!DOCTYPE score-partwise [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++)
        {
            text.Append($"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};&a{i - 1};\">");
        }

        text.Append("]>" + Score(Measure(Start + Note("C4", 8))).Replace("Part 1", "&a39;", StringComparison.Ordinal));
        Score score = Read(text.ToString());
        Assert.Equal(("C4:0+4", "&a39;"), (Notes(score), score.Instruments[0].Name));
    }

    [Fact]
    public void Depth_without_end_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("<a>", 1_000_000));
        Assert.Contains("inside one another", Assert.Throws<MusicXmlFormatException>(() => Read("<score-partwise>" + deep)).Message, StringComparison.Ordinal);
        Assert.Throws<MusicXmlFormatException>(() => Read(Score(Measure("<note>" + deep))));
        Assert.Throws<MusicXmlFormatException>(() => Read(Score(Measure($"<note>{string.Concat(Enumerable.Repeat("<a/>", 20_000))}</note>"))));
    }

    [Fact]
    public void Repeats_that_multiply_are_refused()
    {
        string bar = Measure(Note("C4", 1) + "<barline><repeat direction=\"backward\" times=\"2000000000\"/></barline>");
        string text = Score(string.Concat(Enumerable.Repeat(bar, 2_000)));
        Assert.Contains("bars with all repeats", Assert.Throws<MusicXmlFormatException>(() => Read(text)).Message, StringComparison.Ordinal);
        Assert.Equal(2_000, Read(text, playRepeats: false).Notes.Length);
    }

    [Fact]
    public void Many_ties_at_once_take_linear_time()
    {
        string note = Note("C4", 1, "<tie type=\"start\"/><tie type=\"stop\"/>", before: "<chord/>");
        long start = Stopwatch.GetTimestamp();
        Read(Score(Measure(string.Concat(Enumerable.Repeat(note, 100_000)))));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_file_of_two_gigabytes_is_refused_unread()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("large.xml");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(2L << 30);
        }

        long start = Stopwatch.GetTimestamp();
        Assert.Contains("found a larger one", Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(path)).Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("1e308", "1")]
    [InlineData("1", "1e308")]
    [InlineData("1e-300", "0")]
    [InlineData("-5", "-5")]
    [InlineData("NaN", "Infinity")]
    public void Numbers_beyond_reason_stay_within_bounds(string divisions, string duration)
    {
        string content = $"<attributes><divisions>{divisions}</divisions></attributes><direction><offset>{duration}</offset><sound tempo=\"60\"/></direction>"
            + $"<forward><duration>{duration}</duration></forward><note><pitch><step>C</step><octave>4</octave></pitch><duration>{duration}</duration></note>"
            + $"<backup><duration>{duration}</duration></backup>" + Note("D4", 1);
        Score score = Read(Score(Measure(content) + Measure(Note("E4", 1))));
        Assert.All(score.Notes, note => Assert.True(note.Start >= 0 && note.End > note.Start));
        Assert.Contains(score.Notes, note => note.Pitch.ToString() == "E4");
    }

    [Fact]
    public void Nothing_and_wrong_encodings_give_the_named_error()
    {
        Assert.Throws<MusicXmlFormatException>(() => Read(""));
        Assert.Throws<MusicXmlFormatException>(() => Read("PK"));
        Assert.Throws<MusicXmlFormatException>(() => Read("<?xml version=\"1.0\" encoding=\"klingon\"?><score-partwise/>"));
        byte[] latin = Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?><score-partwise>Flöte</score-partwise>");
        Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(latin, "latin"));
        Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>"), "wide"));
    }

    [Theory]
    [InlineData("<sound tempo=\"9\"/>", 11_000, "changes of metre, key and tempo with all repeats")]
    [InlineData("<attributes><key><fifths>1</fifths></key></attributes>", 11_000, "changes of metre, key and tempo with all repeats")]
    [InlineData("<note><pitch><step>C</step><octave>4</octave></pitch><duration>1</duration><tie type=\"start\"/><tie type=\"stop\"/></note>", 11_000, "notes with all repeats")]
    public void A_full_bar_with_many_repeats_is_refused(string content, int count, string problem)
    {
        string bar = Measure(Start + string.Concat(Enumerable.Repeat(content, count)) + Note("C4", 1) + "<barline><repeat direction=\"backward\" times=\"100\"/></barline>");
        Assert.Contains(problem, Assert.Throws<MusicXmlFormatException>(() => Read(Score(bar))).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Read(Score(bar), playRepeats: false).Notes);
    }

    [Fact]
    public void Attributes_without_end_are_refused()
    {
        string attributes = string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}=\"\""));
        long start = Stopwatch.GetTimestamp();
        MusicXmlFormatException e = Assert.Throws<MusicXmlFormatException>(() => Read(Score(Measure($"<note{attributes}/>"))));
        Assert.Contains("expected at most 256 attributes in <note>", e.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void Texts_in_pieces_are_joined_and_their_number_is_limited()
    {
        Assert.Equal("C4:0+5", Notes(Read(Score(Measure(Start + "<note><pitch><step>C</step><octave>4</octave></pitch><duration>1<![CDATA[0]]></duration></note>")))));
        string pieces = string.Concat(Enumerable.Repeat("<![CDATA[x]]>", 200_000));
        long start = Stopwatch.GetTimestamp();
        MusicXmlFormatException e = Assert.Throws<MusicXmlFormatException>(() => Read(Score(Measure($"<note>{pieces}</note>"))));
        Assert.Contains("elements and texts in <note>", e.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void A_long_name_is_not_given_to_every_voice_in_full()
    {
        string notes = string.Concat(Enumerable.Range(1, 50).Select(voice => Note("C4", 1, $"<voice>{voice}</voice>")));
        Score score = Read(Score(Measure(notes)).Replace("Part 1", new string('x', 1 << 20), StringComparison.Ordinal));
        Assert.Equal(50, score.Instruments.Length);
        Assert.All(score.Instruments, instrument => Assert.InRange(instrument.Name.Length, 1, 300));
    }

    [Fact]
    public void Messages_quote_no_more_than_the_start_of_a_number()
    {
        string text = Score(Measure("<note><a></note>", $"number=\"{new string('x', 1 << 20)}\""));
        Assert.InRange(Assert.Throws<MusicXmlFormatException>(() => Read(text)).Message.Length, 1, 1000);
    }

    [Fact]
    public void Codas_that_are_missing_at_every_bar_take_linear_time()
    {
        string jump = Measure("<sound dacapo=\"yes\"/>");
        string text = Score(Measure(Start + Note("C4", 8)) + jump + string.Concat(Enumerable.Repeat(Measure("<sound tocoda=\"x\"/>"), 90_000)));
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(2, Read(text).Notes.Length);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void Endings_that_are_skipped_without_end_are_refused()
    {
        string ending = Measure("<barline><ending number=\"100\" type=\"start\"/></barline><barline><ending number=\"100\" type=\"stop\"/></barline>");
        string last = Measure("<barline><repeat direction=\"backward\" times=\"100\"/></barline>");
        string text = Score(Measure(Start + Note("C4", 8)) + string.Concat(Enumerable.Repeat(ending, 2_000)) + last);
        Assert.Contains("bars with all repeats", Assert.Throws<MusicXmlFormatException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_an_ending_are_kept_once_and_within_the_limit_of_repeats()
    {
        RepeatSigns signs = new();
        Directions.ReadBarline(XElement.Parse($"<barline><ending type=\"start\" number=\"2,1,0,-3,x,{string.Concat(Enumerable.Repeat("1 2,999,", 1000))}\"/></barline>"), signs);
        Assert.Equal([2, 1, PlayOrder.MaxTimes], signs.EndingNumbers);
    }

    private static List<byte[]> Samples()
    {
        string first = Measure(Start + "<barline><repeat direction=\"forward\"/></barline><sound tempo=\"90\"/>" + Note("C4", 4, "<tie type=\"start\"/>")
            + Note("C4", 4, "<tie type=\"stop\"/><lyric><text>la</text></lyric>"));
        string second = Measure("<barline><ending number=\"1\" type=\"start\"/></barline>" + Note("E4", 8, "<voice>2</voice>")
            + "<backup><duration>8</duration></backup>" + Note("G4", 8)
            + "<barline><ending number=\"1\" type=\"stop\"/><repeat direction=\"backward\" times=\"2\"/></barline><sound dacapo=\"yes\"/>");
        byte[] plain = Bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Score(first + second, first + Measure(Note("D3", 8))));
        byte[] container = Bytes("<container><rootfiles><rootfile full-path=\"score.xml\"/></rootfiles></container>");
        return [plain, Zip(("META-INF/container.xml", container), ("score.xml", plain))];
    }

    private static void Damage(ulong seed, int cases, TimeSpan limit)
    {
        RandomSource random = new(seed, "damage");
        List<byte[]> files = Samples();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < cases; i++)
        {
            byte[] file = [.. files[i % files.Count]];
            for (int flips = 1 + random.Next(4); flips > 0; flips--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            try
            {
                MusicXmlReader.Read(file, "damaged");
            }
            catch (MusicXmlFormatException)
            {
                // The named error.
            }
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < limit);
    }
}
