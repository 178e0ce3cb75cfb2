using RLTuner.Music;

namespace RLTuner.Tests.Music;

public sealed class KeyTests
{
    [Theory]
    [InlineData("C major", 0, "C D E F G A B")]
    [InlineData("c", 0, "C D E F G A B")]
    [InlineData("Eb dorian", 3, "C C# Eb F F# Ab Bb")]
    [InlineData("F# minor", 6, "C# D E F# Ab A B")]
    [InlineData("  Bb   Harmonic-Minor ", 10, "C C# Eb F F# A Bb")]
    [InlineData("Cb major", 11, "C# Eb E F# Ab Bb B")]
    [InlineData("B# major", 0, "C D E F G A B")]
    [InlineData("bb minor", 10, "C C# Eb F F# Ab Bb")]
    [InlineData("A: 0,3,5,7,10", 9, "C D E G A")]
    [InlineData("D: 4, 7", 2, "D F# A")]
    public void Keys_are_read(string text, int tonic, string pitches)
    {
        Key key = Key.Parse(text);
        Assert.Equal(tonic, key.Tonic);
        Assert.Equal(
            pitches,
            string.Join(' ', Enumerable.Range(0, 12).Where(pc => key.Contains(new Pitch(60 + pc))).Select(Pitch.ClassName)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("H major")]
    [InlineData("C##")]
    [InlineData("Bbb")]
    [InlineData("C majorish")]
    [InlineData("C:")]
    [InlineData("C: 0,,4")]
    [InlineData("C: 12")]
    [InlineData("C: -1")]
    public void Other_text_is_refused_with_an_example(string text)
    {
        FormatException e = Assert.Throws<FormatException>(() => Key.Parse(text));
        Assert.Contains("expected a key such as 'C major', 'Eb dorian'", e.Message, StringComparison.Ordinal);
        Assert.Contains($"found '{text}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_is_written_as_it_is_read()
    {
        foreach (Mode mode in Mode.Known.Append(Mode.Of(0, 3, 6)))
        {
            for (int tonic = 0; tonic < 12; tonic++)
            {
                Key key = new(tonic, mode);
                Key again = Key.Parse(key.ToString());
                Assert.Equal(tonic, again.Tonic);
                Assert.Equal(mode.Semitones, again.Mode.Semitones);
                Assert.Equal(key.ToString(), again.ToString());
            }
        }
    }

    [Fact]
    public void The_tonic_is_home_in_every_octave()
    {
        Key key = Key.Parse("D minor");
        Assert.True(key.IsTonic(new Pitch(2)) && key.IsTonic(new Pitch(62)) && !key.IsTonic(new Pitch(60)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Key(12, Mode.Major));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Key(-1, Mode.Major));
    }

    [Fact]
    public void Modes_of_ones_own_contain_the_tonic_once_in_order()
    {
        Assert.Equal([0, 4, 7], Mode.Of(7, 4, 7).Semitones);
        Assert.Throws<ArgumentException>(() => Mode.Of());
        Assert.Throws<ArgumentException>(() => Mode.Of(12));
    }
}
