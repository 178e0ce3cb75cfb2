using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Music;
using RLTuner.Scores;
using RLTuner.Scores.Abc;
using RLTuner.Tests.Scores.Abc;

namespace RLTuner.Tests.Scores;

/// <summary>Small files from the field that were read wrong or refused once; each kind has a test of its own beside this one.</summary>
public sealed class FieldCaseTests
{
    private static readonly MelodyEncoding Wide = new(new Pitch(0), 130);

    [Theory]
    [InlineData("active-sensing-inside", 16, 1)]
    [InlineData("chunk-too-long", 16, 1)]
    [InlineData("controller-128", 16, 1)]
    [InlineData("data-high-bit", 16, 1)]
    [InlineData("fewer-tracks-than-said", 16, 1)]
    [InlineData("halves-at-130-bpm", 40, 0)]
    [InlineData("metre-denominator-128", 16, 1)]
    [InlineData("more-tracks-than-said", 32, 1)]
    [InlineData("never-off", 3, 1)]
    [InlineData("rmid", 16, 0)]
    [InlineData("tempo0", 16, 1)]
    [InlineData("tempo2bytes", 16, 1)]
    [InlineData("zero-length-notes", 16, 0)]
    public void Midi(string name, int notes, int remarks) => Check($"midi/{name}.mid", notes, remarks);

    [Theory]
    [InlineData("in-html", "A B c d e ^f g a", 1)]
    [InlineData("invisible-bar-in-repeat", "C D E F G A B c C D E F G A B c", 0)]
    [InlineData("second-ending-after-start-sign", "C D C E F", 0)]
    [InlineData("quoted-printable", "A B c d e ^f g a c B A G ^F E D C", 1)]
    [InlineData("tempo-circa", "A B c d e ^f g a", 0)]
    [InlineData("tempo-range", "A B c d e ^f", 0)]
    [InlineData("metre-free-word", "A B c d e ^f g a", 1)]
    [InlineData("metre-bare-number", "A B c d e ^f g a", 1)]
    [InlineData("unclosed-chord", "A c b c d e ^f g a b a g ^f e d c B", 1)]
    [InlineData("quarter-tone", "G A c ^d e e g g", 0)]
    [InlineData("no-x", "A B c d e ^f g a b c d e ^f g a b", 1)]
    public void Abc(string name, string letters, int remarks)
    {
        string path = SharedFolder.PathTo("field-cases", $"abc/abc-{name}.abc");
        Score score = AbcReader.Read(Assert.Single(AbcFile.Read(path)));

        Assert.Equal(letters, AbcText.Letters(score));
        Assert.Equal(remarks, score.Remarks.Length);
    }

    [Fact]
    public void Parts_that_are_played_as_often_as_they_have_endings_take_these_in_turn()
    {
        AbcTune tune = Assert.Single(AbcFile.Read(SharedFolder.PathTo("field-cases", "abc/abc-parts-with-endings.abc")));

        Assert.Equal((4 * 8) + (2 * 8), AbcReader.Read(tune).Notes.Length);
    }

    private static void Check(string file, int notes, int remarks)
    {
        string path = SharedFolder.PathTo("field-cases", file);
        List<string> lines = [];
        IReadOnlyList<Melody> melodies = MelodyFiles.Read(path, Wide, remark: lines.Add);

        Assert.Equal(notes, melodies.Sum(melody => melody.Notes().Count()));
        Assert.Equal(remarks, lines.Count);
        Assert.All(lines, line => Assert.StartsWith($"{path}, ", line, StringComparison.Ordinal));
    }
}
