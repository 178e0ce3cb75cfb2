using RLTuner.Music;

namespace RLTuner.Tests.Music;

public sealed class PitchTests
{
    [Theory]
    [InlineData(60, "C4", 0, 4)]
    [InlineData(59, "B3", 11, 3)]
    [InlineData(0, "C-1", 0, -1)]
    [InlineData(127, "G9", 7, 9)]
    [InlineData(63, "Eb4", 3, 4)]
    [InlineData(-1, "B-2", 11, -2)]
    public void Names_classes_and_octaves(int midi, string name, int pitchClass, int octave)
    {
        Pitch pitch = new(midi);
        Assert.Equal((name, pitchClass, octave), (pitch.ToString(), pitch.PitchClass, pitch.Octave));
    }

    [Fact]
    public void Intervals_add_up()
    {
        Pitch c = new(60);
        Pitch a = new(57);
        Assert.Equal(new Interval(3), c - a);
        Assert.Equal(c, a + (c - a));
        Assert.Equal("minor third up", (c - a).ToString());
        Assert.Equal("minor third down", (a - c).ToString());
        Assert.Equal("unison", (a - a).ToString());
        Assert.Equal("13 semitones up", new Interval(13).ToString());
    }

    [Fact]
    public void Pitches_are_ordered_by_height()
    {
        Pitch low = new(59);
        Pitch high = new(60);
        Assert.True(low < high && low <= high && high > low && high >= low && !(low > high));
        Assert.True(low.CompareTo(high) < 0);
    }
}
