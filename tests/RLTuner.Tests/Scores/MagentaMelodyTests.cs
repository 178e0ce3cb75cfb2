using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Tests.Scores;

public sealed class MagentaMelodyTests
{
    [Theory]
    [InlineData("[60, -2, 62, -1, 127, 0]", "C4 hold D4 off G9 C-1")]
    [InlineData("60,-2,62", "C4 hold D4")]
    [InlineData(" [ 60 ] ", "C4")]
    public void A_list_is_read_as_Magenta_writes_it(string text, string expected) => Assert.Equal(expected, MagentaMelody.Parse(text).ToString());

    [Theory]
    [InlineData("[]", "found '[]'")]
    [InlineData("[60, -3]", "found '-3'")]
    [InlineData("[60, 128]", "found '128'")]
    [InlineData("[60, C4]", "found 'C4'")]
    [InlineData("[60,,62]", "found '[60,,62]'")]
    public void Anything_else_is_refused(string text, string found) => Assert.EndsWith(found, Assert.Throws<FormatException>(() => MagentaMelody.Parse(text)).Message);

    [Fact]
    public void Melodies_and_keys_move_by_semitones()
    {
        Assert.Equal("D4 hold E4 off", MagentaMelody.Parse("[60, -2, 62, -1]").Transposed(2).ToString());
        Assert.Contains("found E9 moved by 4", Assert.Throws<ArgumentException>(() => MagentaMelody.Parse("[60, 124]").Transposed(4)).Message, StringComparison.Ordinal);
        Assert.Equal("Bb dorian", Key.Parse("D dorian").Transposed(-4).ToString());
    }

    [Theory]
    [InlineData("C major", "D major", 2)]
    [InlineData("C major", "B major", -1)]
    [InlineData("C major", "F# major", 6)]
    [InlineData("C major", "A minor", 0)] // the same signature
    [InlineData("C major", "D minor", 5)]
    [InlineData("A minor", "D minor", 5)]
    [InlineData("D dorian", "E dorian", 2)]
    [InlineData("C minor-pentatonic", "Eb minor-pentatonic", 3)]
    public void From_key_to_key_is_the_shorter_way(string from, string to, int expected) =>
        Assert.Equal(expected, KeySignature.SemitonesBetween(Key.Parse(from), Key.Parse(to)));
}
