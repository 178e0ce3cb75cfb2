using System.Text;
using RLTuner.Corpus;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Scores.MusicXml;

namespace RLTuner.Tests.Files;

/// <summary>What strangers put into files and what servers give in their place, as it is told to the user.</summary>
public sealed class StrangersTextTests
{
    [Theory]
    [InlineData("plain, ünïcode 旋律", "plain, ünïcode 旋律")]
    [InlineData("\u001B[2Jgone", "\\u001B[2Jgone")]
    [InlineData("a\rb\u0007\u009B", "a\\u000Db\\u0007\\u009B")]
    [InlineData("abc\u202Edcba\u2028", "abc\\u202Edcba\\u2028")]
    public void Control_characters_are_shown_escaped(string text, string shown) => Assert.Equal(shown, PlainText.Of(text));

    [Fact]
    public void Line_ends_stay_where_a_text_has_lines() =>
        Assert.Equal("a\nb\\u000A", PlainText.Of("a\nb", keepLines: true) + PlainText.Of("\n"));

    [Fact]
    public void Messages_of_readers_show_them_escaped()
    {
        AbcTune tune = AbcFile.Read(Encoding.UTF8.GetBytes("X:1\nM:\u001B[31m\nK:C\nA"), "a.abc")[0];
        Assert.Contains("\\u001B[31m", AbcReader.Read(tune).Remarks[0].Problem, StringComparison.Ordinal);

        byte[] xml = "<score-partwise><part id='&#x9b;x'><measure number='1'><x></measure>"u8.ToArray();
        Assert.DoesNotContain(Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(xml, "a.xml")).Message, char.IsControl);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><title>404</title>", "a web page, HTML")]
    [InlineData("\n <html>", "a web page, HTML")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE html><html/>", "a web page, HTML")]
    [InlineData("<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "a server's error message, XML")]
    [InlineData("{\"message\":\"Not Found\"}", "a server's error message, JSON")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123\n", "a Git LFS pointer")]
    public void What_was_saved_in_place_of_a_file_is_named(string content, string kind)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"{content}    ");
        using MemoryStream net = new(bytes), corpus = new(bytes);

        Assert.Contains(kind, Assert.Throws<NoteRnnFormatException>(() => NoteRnnFile.Load(net, "net.safetensors")).Message, StringComparison.Ordinal);
        Assert.Contains(kind, Assert.Throws<MusicXmlFormatException>(() => MusicXmlReader.Read(bytes, "a.musicxml")).Message, StringComparison.Ordinal);
        Assert.Contains(kind, Assert.Throws<AbcFormatException>(() => AbcFile.Read(bytes, "a.abc")).Message, StringComparison.Ordinal);
        if (content[0] != '{')
        {
            Assert.Contains(kind, Assert.Throws<MelodyFormatException>(() => CorpusFile.Load(corpus, "a.corpus", MelodyEncoding.Default)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_checksum_is_that_of_zip_and_gzip() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));
}
