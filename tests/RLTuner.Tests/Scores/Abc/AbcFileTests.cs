using System.Text;
using RLTuner.Scores;
using RLTuner.Scores.Abc;

namespace RLTuner.Tests.Scores.Abc;

/// <summary>From a file to its tunes.</summary>
public sealed class AbcFileTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Tunes_are_split_at_their_numbers(string end)
    {
        string text = "%abc-2.1\nL:1/4\n\nwords before\n\nX:1\nT:One % first\nT:Uno\nK:C\nA\n\nwords between\nK:G\n\nX: 12\nK:D\nF\nX:3\nL:1/2\nK:C\nc";
        IReadOnlyList<AbcTune> tunes = Read(text.Replace("\n", end, StringComparison.Ordinal));

        Assert.Equal([1, 12, 3], tunes.Select(tune => tune.Number));
        Assert.Equal(["file.abc, tune 1 (One)", "file.abc, tune 12", "file.abc, tune 3"], tunes.Select(tune => tune.Name));
        Assert.Equal(["A@0+1", "^F@0+1", "c@0+2"], tunes.Select(tune => AbcText.Timed(AbcReader.Read(tune))));
        Assert.Equal([2, 6, 7, 8, 9, 10], tunes[0].Lines.Select(line => line.Number));
    }

    [Fact]
    public void A_broken_tune_does_not_stop_its_file()
    {
        IReadOnlyList<AbcTune> tunes = Read("X:1\nT:Bad\nK:C\nA&&&&&&&&&&&&&&&&&&\n\nX:2\nK:C\nA");

        AbcFormatException error = Assert.Throws<AbcFormatException>(() => AbcReader.Read(tunes[0]));
        Assert.StartsWith("file.abc, tune 1 (Bad), line 4: expected at most 16 overlays", error.Message, StringComparison.Ordinal);
        Assert.Equal("A", AbcText.Letters(AbcReader.Read(tunes[1])));
    }

    [Fact]
    public void Blocks_of_words_are_no_music() =>
        Assert.Equal("A B", AbcText.Letters(AbcReader.Read(Read("X:1\nK:C\nA\n%%begintext obey\nX:2\nc\n\n%%endtext\nB")[0])));

    [Theory]
    [InlineData("words\n%%begintext\nwords\n\nX:1\nK:C\nA\n\nX:2\nK:C\nB")]
    [InlineData("%%begintext\n%%endtext\nX:1\nK:C\n%%begintext\nA\n%%endps\n\nX:2\nK:C\nB")]
    [InlineData("X:1\nK:C\nA\n\n%%begintext\nc\nX:2\nK:C\nB\n%%beginps\nX:3\n%%beginps")]
    public void A_block_without_end_takes_no_tunes_with_it(string text)
    {
        IReadOnlyList<AbcTune> tunes = Read(text);
        Assert.Equal([1, 2], tunes.Take(2).Select(tune => tune.Number));
        Assert.Equal("B", AbcText.Letters(AbcReader.Read(tunes[1])));
    }

    [Fact]
    public void Lines_go_on_behind_a_backslash() =>
        Assert.Equal("A@0+0.75 B@0.75+0.25 c@1+0.5", AbcText.Timed(AbcReader.Read(Read("X:1\nK:C\nA>\\\nB\\\n%comment\nc")[0])));

    [Fact]
    public void Titles_come_in_utf8_or_latin1()
    {
        Assert.Equal("Été", AbcFile.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("X:1\nT:Été\nK:C\nA")], "a")[0].Title);
        Assert.Equal("Été", AbcFile.Read(Encoding.Latin1.GetBytes("X:1\nT:Été\nK:C\nA"), "a")[0].Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("words\nABC")]
    public void A_file_without_tunes_is_an_error(string text) =>
        Assert.Contains("file.abc: expected tunes that start with an X: line, found none", Assert.Throws<AbcFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_stray_zero_byte_costs_no_tune() =>
        Assert.Equal("A B c d", AbcText.Letters(AbcReader.Read(Assert.Single(AbcFile.Read("X:1\nT:Tune\nK:C\nAB\0cd|\n"u8.ToArray(), "zero.abc")))));

    [Fact]
    public void Other_encodings_and_binary_files_are_an_error() => Assert.Contains(
        "found zero bytes", Assert.Throws<AbcFormatException>(() => AbcFile.Read(Encoding.Unicode.GetBytes("X:1\nK:C\nA"), "utf16.abc")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_is_read_by_its_path()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathTo("tune.abc");
        File.WriteAllText(path, "X:7\nK:C\nA");
        AbcTune tune = Assert.Single(AbcFile.Read(path));

        Assert.Equal(path, tune.FileName);
        File.WriteAllBytes(path, new byte[AbcFile.MaxFileBytes + 1]);
        Assert.Contains("expected a file of at most", Assert.Throws<AbcFormatException>(() => AbcFile.Read(path)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<AbcTune> Read(string text) => AbcFile.Read(Encoding.UTF8.GetBytes(text), "file.abc");
}
