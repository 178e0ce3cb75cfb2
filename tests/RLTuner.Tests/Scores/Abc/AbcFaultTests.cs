using System.Text;
using RLTuner.Scores;
using RLTuner.Scores.Abc;

namespace RLTuner.Tests.Scores.Abc;

/// <summary>What others write and mistype: the tune is read, and a remark says what was passed over and where.</summary>
public sealed class AbcFaultTests
{
    [Theory]
    [InlineData("A =20B", "A B", "accidentals without a note")]
    [InlineData("A ^z B", "A B", "accidentals without a note")]
    [InlineData("A|=", "A", "accidentals without a note")]
    [InlineData("^^^A", "B", "further sharps and flats")]
    [InlineData("^/d _/e ^3/2c _3/2b", "^d e d ^a", null)]
    [InlineData("[Ac B|d", "A c B d", "chords that are not closed")]
    [InlineData("[CE|d [EG]", "C E d E G", "chords that are not closed")]
    [InlineData("A [B", "A B", "chords that are not closed")]
    [InlineData("\"Am A B|c", "A B c", "quotes that are not closed")]
    [InlineData("{ga A B", "A B", "grace notes that are not closed")]
    [InlineData("{ga A {b}B", "A B", "grace notes that are not closed")]
    [InlineData("[K:D A|B [CE]", "A B C E", "fields in brackets")]
    [InlineData("(0AB", "A B", "tuplets that make no sense")]
    [InlineData("(3:0AB", "A B", "tuplets that make no sense")]
    [InlineData("A,,,,,,,,,,,,,,,,B", "B", "notes beyond all pitches")]
    [InlineData("<p>A</p>\nB", "B", "lines that begin with <")]
    [InlineData("A [M:x] B", "A B", "metres that cannot be read")]
    [InlineData("A [L:x] B", "A B", "unit lengths that cannot be read")]
    [InlineData("A [Q:1/4=fast] B", "A B", "tempos that cannot be read")]
    [InlineData("A [V:1 octave=99] B", "A B", "of voices")]
    public void Signs_that_make_no_sense_cost_nothing_else(string music, string letters, string? remark)
    {
        Score score = AbcText.Music(music);

        Assert.Equal(letters, AbcText.Letters(score));
        AssertRemark(score, remark);
    }

    [Theory]
    [InlineData("A99999999999 B", "A@0+1 B@1+1")]
    [InlineData("A/0 B", "A@0+1 B@1+1")]
    [InlineData("A/99999/99999 B", "A@0+1 B@1+1")]
    [InlineData("A,,,,,,,,,,,,,,,,2 B", "B@2+1")]
    [InlineData("Z99999 B", "B@4+1")]
    public void Lengths_that_make_no_sense_count_as_one(string music, string notes) => Assert.Equal(notes, AbcText.Timed(AbcText.Music(music)));

    [Theory]
    [InlineData("M:FREI4", null, "metres that cannot be read")]
    [InlineData("M:2", null, "metres that cannot be read")]
    [InlineData("M:4/5", null, "metres that cannot be read")]
    [InlineData("M:6/8 jig", "6/8", null)]
    [InlineData("M:(2+3) / 8", "5/8", null)]
    [InlineData("L:0", "4/4", "unit lengths")]
    [InlineData("L:auto", "4/4", "unit lengths")]
    [InlineData("L:1/4 or so", "4/4", null)]
    [InlineData("Q:1/4=0", "4/4", "tempos")]
    [InlineData("Q:1/4=x", "4/4", "tempos")]
    [InlineData("P:A)", "4/4", "orders of parts")]
    [InlineData("P:A9999999999999B", "4/4", "orders of parts")]
    [InlineData("Q:1/4=ca. 90", "4/4", null)]
    [InlineData("Q:1/4=100-110", "4/4", null)]
    public void Fields_that_make_no_sense_take_their_default(string field, string? metre, string? remark)
    {
        Score score = AbcText.Read($"{field}\nK:C\nA B");

        Assert.Equal("A B", AbcText.Letters(score));
        Assert.Equal(metre, score.TimeSignatures.IsEmpty ? null : score.TimeSignatures[0].TimeSignature.ToString());
        AssertRemark(score, remark);
    }

    [Theory]
    [InlineData("C octave=99", 0, true)]
    [InlineData("Gmjor", 1, true)]
    [InlineData("Am/C", 0, false)]
    [InlineData("C-Dur", 0, false)]
    [InlineData("e-moll", 1, false)]
    [InlineData("Bass", null, false)]
    [InlineData("treble", null, false)]
    [InlineData("what", null, true)]
    public void Keys_that_are_half_understood(string key, int? sharps, bool isRemarked)
    {
        Score score = AbcText.Read($"K:{key}\nA");

        Assert.Equal(sharps, score.KeySignatures.IsEmpty ? null : score.KeySignatures[0].KeySignature.Sharps);
        Assert.Equal(isRemarked ? 1 : 0, score.Remarks.Length);
    }

    [Theory]
    [InlineData("|: A | B [|]:| c", "A B A B c")]
    [InlineData("|: A | B ||:| c", "A B A B c")]
    [InlineData("|: A | B |]:| c", "A B A B c")]
    [InlineData("|: A | B [|] :| c", "A B A B c")]
    [InlineData("|: A [1 B :: [2 c || d", "A B A c d")]
    [InlineData("|: A [1 B :| |: [2 c || d :|", "A B A c d")]
    [InlineData("|: A |1 B ::2 c |: d :|", "A B A c d d")]
    [InlineData("|: A |1. B :|2. c |]", "A B A c")]
    [InlineData("|: A [\"1.-2.\" B :|[\"3.\" c |]", "A B A B A c")]
    public void Repeats_that_others_write(string music, string letters) => Assert.Equal(letters, AbcText.Letters(AbcText.Music(music)));

    [Theory]
    [InlineData("P:A3", "P:A\nA [1 B :|[2 c :|[3 d |]", "A B A c A d")]
    [InlineData("P:A3", "P:A\nA [1 B |[2 c |[3 d |]", "A B A c A d")]
    [InlineData("P:A2", "P:A\n|: A [1 B :|[2 c :|[3 d |]", "A B A c A d A B A c A d")]
    [InlineData("P:AA.", "P:A\nA :|", "A A A A")]
    public void A_part_played_as_often_as_it_has_endings_takes_these_in_turn(string order, string music, string letters) =>
        Assert.Equal(letters, AbcText.Letters(AbcText.Read($"{order}\nK:C\n{music}")));

    [Theory]
    [InlineData("T:No number\nM:3/4\nL:1/4\nK:C\nA B|", "A B")]
    [InlineData("K:C\nA B", "A B")]
    [InlineData("T:No key\nL:1/4\nA B|", "A B")]
    [InlineData("<html><pre>\nX:1\nL:1/4\nK:C\n&quot;Am&quot;A B|\n</pre></html>", "A B")]
    public void Tunes_that_lack_a_field_are_read(string text, string letters)
    {
        Score score = AbcReader.Read(Assert.Single(AbcFile.Read(Encoding.UTF8.GetBytes(text), "lacks.abc")));

        Assert.Equal(letters, AbcText.Letters(score));
        Assert.NotEmpty(score.Remarks);
    }

    [Fact]
    public void A_tune_without_a_number_after_others_is_read()
    {
        IReadOnlyList<AbcTune> tunes = AbcFile.Read("M:3/4\n\nX:7\nT:One\nK:C\nA B|\n\nWords, not music.\n\nT:Two\nK:D\nF|\n"u8, "two.abc");

        Assert.Equal([(7, "One"), (0, "Two")], tunes.Select(tune => (tune.Number, tune.Title)));
        Assert.Equal("^F", AbcText.Letters(AbcReader.Read(tunes[1])));
        Assert.StartsWith("line 10: expected an X: line", Assert.Single(AbcReader.Read(tunes[1]).Remarks).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Utf16_is_read_where_its_mark_says_so(bool isBigEndian)
    {
        UnicodeEncoding encoding = new(isBigEndian, byteOrderMark: true);
        byte[] file = [.. encoding.GetPreamble(), .. encoding.GetBytes("X:1\nK:C\nA")];

        Assert.Equal("A", AbcText.Letters(AbcReader.Read(AbcFile.Read(file, "utf16.abc")[0])));
    }

    [Fact]
    public void A_web_page_without_a_tune_is_named() => Assert.Contains(
        "found a web page, HTML", Assert.Throws<AbcFormatException>(() => AbcFile.Read("<!DOCTYPE html><p>No such page"u8, "page.abc")).Message, StringComparison.Ordinal);

    [Fact]
    public void Remarks_name_tune_and_line_and_are_one_a_kind()
    {
        Remark remark = Assert.Single(AbcText.Music("A\n= B\n= c =|").Remarks);

        Assert.Equal("tune 1, line 6: expected a note such as ^f' or _B,2, found '= B'; accidentals without a note are passed over (3 times in all)", remark.ToString());
    }

    private static void AssertRemark(Score score, string? remark)
    {
        if (remark is null)
        {
            Assert.Empty(score.Remarks);
        }
        else
        {
            Assert.Contains(remark, Assert.Single(score.Remarks).Action, StringComparison.Ordinal);
        }
    }
}
