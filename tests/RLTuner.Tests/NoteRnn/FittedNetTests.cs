using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;

namespace RLTuner.Tests.NoteRnn;

/// <summary>What a format has no word for is folded, left out with a word, or refused.</summary>
public class FittedNetTests
{
    private static readonly NetCapacity Nothing = new() { Inputs = false, Prior = false, Beginning = false, Range = false };

    [Fact]
    public void A_folded_prior_gives_the_sum_of_both_nets()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            RandomSource random = new(seed, "folding");
            int classes = 3 + random.Next(36);
            int[] sizes = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => 1 + random.Next(20))];
            NoteRnnShape prior = new(classes, [.. sizes]);
            NoteRnnShape shape = seed % 2 == 0 ? prior : prior with { Inputs = prior.Inputs.With(new StepInput(16)) };
            NoteRnnModel net = new(RandomNets.Weights(shape, seed, 0.5), new MelodyEncoding(new Pitch(48), classes), RandomNets.Weights(prior, seed + 99, 0.5));
            FittedNet fitted = FittedNet.For(net, Format(new() { Prior = false }));
            Assert.Null(fitted.Model.Prior);
            Assert.Single(fitted.Remarks);
            Assert.Equal(sizes.Select(size => 2 * size), fitted.Model.Shape.LayerSizes);
            IPolicyRun both = new NoteRnnPolicy(net).Begin(1), one = new NoteRnnPolicy(fitted.Model).Begin(1);
            float[] expected = new float[classes], found = new float[classes];
            for (int step = 0; step < 40; step++)
            {
                int heard = random.Next(classes);
                both.Read([heard], expected, [step]);
                one.Read([heard], found, [step]);
                Assert.All(expected.Zip(found), pair => Assert.InRange(pair.First - pair.Second, -1e-5, 1e-5));
            }
        }
    }

    [Fact]
    public void A_net_without_its_steps_plays_as_in_a_primer()
    {
        NoteRnnShape shape = new(38, [12], NoteRnnInputs.Parse("event step:32 end", 38));
        NoteRnnModel net = new(RandomNets.Weights(shape, 1), MelodyEncoding.Default);
        FittedNet fitted = FittedNet.For(net, Format(Nothing));
        Assert.Contains("'step:32', 'end', which the file cannot say", Assert.Single(fitted.Remarks), StringComparison.Ordinal);
        IPolicyRun whole = new NoteRnnPolicy(net).Begin(1), narrow = new NoteRnnPolicy(fitted.Model).Begin(1);
        float[] expected = new float[38], found = new float[38];
        foreach (int heard in new[] { 14, 0, 16, 1, 20 })
        {
            whole.Read([heard], expected);
            narrow.Read([heard], found, [3]);
            Assert.Equal(expected, found);
        }
    }

    [Theory]
    [InlineData("event bar", "'bar'")]
    [InlineData("event step:8 bars-ago:2", "'bars-ago:2'")]
    public void A_net_that_needs_to_hear_bars_is_refused(string inputs, string named)
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(38, [4], NoteRnnInputs.Parse(inputs, 38)), 1), MelodyEncoding.Default);
        NoteRnnFormatException error = Assert.Throws<NoteRnnFormatException>(() => FittedNet.For(net, Format(Nothing)));
        Assert.Contains($"also hears {named}", error.Message, StringComparison.Ordinal);
        Assert.False(Format(Nothing).CanHold(net));
        Assert.True(Format(new()).CanHold(net));
    }

    [Fact]
    public void What_is_lost_is_said_and_what_is_not_is_not()
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(29, [4]), 1), new MelodyEncoding(new Pitch(43), 29)) { KnowsBeginnings = true };
        FittedNet fitted = FittedNet.For(net, Format(Nothing));
        Assert.False(fitted.Model.KnowsBeginnings);
        Assert.Collection(
            fitted.Remarks,
            remark => Assert.Contains("an event to go on from", remark, StringComparison.Ordinal),
            remark => Assert.Contains("class 2 is G2 (MIDI 43)", remark, StringComparison.Ordinal));
        Assert.Empty(FittedNet.For(new(net.Weights, new MelodyEncoding(new Pitch(48), 29)), Format(Nothing)).Remarks);
        Assert.Empty(FittedNet.For(net, Format(new())).Remarks);
    }

    [Fact]
    public void A_net_too_large_for_a_format_is_refused_before_anything_is_written()
    {
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(38, [4]), 1), MelodyEncoding.Default);
        bool written = false;
        NetFormat format = new("small", [".small"], (_, _) => net, (_, _) => written = true) { Carries = new() { MostBytes = 1000 } };
        NoteRnnFormatException error = Assert.Throws<NoteRnnFormatException>(() => format.Export(net, "net.small"));
        Assert.StartsWith("small: expected weights of at most 1000 bytes, found ", error.Message, StringComparison.Ordinal);
        Assert.False(written);
    }

    private static NetFormat Format(NetCapacity carries) => new("test", [".test"], (_, _) => throw new NotSupportedException(), (_, _) => { }) { Carries = carries };
}
