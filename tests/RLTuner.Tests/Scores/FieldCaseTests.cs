using RLTuner.Corpus;
using RLTuner.Music;
using RLTuner.Scores;

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
