using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.Tests.Scores;

public sealed class KeySignatureTests
{
    [Theory]
    [InlineData("C major", 0, false)]
    [InlineData("A minor", 0, true)]
    [InlineData("D dorian", 0, true)]
    [InlineData("G mixolydian", 0, false)]
    [InlineData("F lydian", 0, false)]
    [InlineData("B locrian", 0, true)]
    [InlineData("E phrygian", 0, true)]
    [InlineData("Eb major", -3, false)]
    [InlineData("F# major", 6, false)]
    [InlineData("Db major", -5, false)]
    [InlineData("B major", 5, false)]
    [InlineData("A harmonic minor", 0, true)]
    [InlineData("G melodic minor", -2, true)]
    [InlineData("D major pentatonic", 2, false)]
    [InlineData("E minor pentatonic", 1, true)]
    [InlineData("D chromatic", 2, false)]
    public void The_nearest_signature_of_a_key(string key, int sharps, bool isMinor) =>
        Assert.Equal(new KeySignature(sharps, isMinor), KeySignature.Nearest(Key.Parse(key)));

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0, true, 9)]
    [InlineData(-7, false, 11)]
    [InlineData(7, false, 1)]
    [InlineData(7, true, 10)]
    [InlineData(-3, true, 0)]
    public void The_tonic_of_a_signature(int sharps, bool isMinor, int tonic) =>
        Assert.Equal(tonic, new KeySignature(sharps, isMinor).Tonic);

    [Fact]
    public void Every_signature_of_a_major_or_minor_key_has_that_key_as_its_tonic()
    {
        for (int tonic = 0; tonic < 12; tonic++)
        {
            Assert.Equal(tonic, KeySignature.Nearest(new Key(tonic, Mode.Major)).Tonic);
            Assert.Equal(tonic, KeySignature.Nearest(new Key(tonic, Mode.Minor)).Tonic);
        }
    }
}
