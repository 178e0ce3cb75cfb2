using RLTuner.Music;

namespace RLTuner.Tests.Music;

public sealed class TimeSignatureTests
{
    [Theory]
    [InlineData("4/4", 4, 16)]
    [InlineData("3/4", 3, 12)]
    [InlineData("6/8", 3, 12)]
    [InlineData(" 2 / 2 ", 4, 16)]
    [InlineData("9/8", 4.5, 18)]
    [InlineData("7/16", 1.75, 7)]
    [InlineData("3/32", 0.375, 1)]
    [InlineData("1/64", 0.0625, 1)]
    [InlineData("255/1", 1020, 4080)]
    public void Metres_are_read_and_measured(string text, double quarters, int steps)
    {
        TimeSignature metre = TimeSignature.Parse(text);
        Assert.Equal((quarters, steps), (metre.QuartersPerBar, metre.StepsPerBar()));
        Assert.Equal(metre, TimeSignature.Parse(metre.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("4/3")]
    [InlineData("0/4")]
    [InlineData("256/4")]
    [InlineData("4/128")]
    [InlineData("-3/4")]
    [InlineData("4/4/4")]
    public void Other_text_is_refused(string text)
    {
        FormatException e = Assert.Throws<FormatException>(() => TimeSignature.Parse(text));
        Assert.Contains($"found '{text}'", e.Message, StringComparison.Ordinal);
    }
}
