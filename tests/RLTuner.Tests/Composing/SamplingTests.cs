using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Composing;

/// <summary>What is drawn from, by distributions that were worked out by hand.</summary>
public sealed class SamplingTests
{
    // One half, a quarter, an eighth, a sixteenth, a sixteenth.
    private static readonly double[] Halves = [.25, .5, .0625, .125, .0625];

    [Theory]
    [InlineData(1, new[] { 0, 1.0, 0, 0, 0 })]
    [InlineData(2, new[] { 1 / 3.0, 2 / 3.0, 0, 0, 0 })]
    [InlineData(3, new[] { 2 / 7.0, 4 / 7.0, 0, 1 / 7.0, 0 })]
    [InlineData(4, new[] { 4 / 15.0, 8 / 15.0, 1 / 15.0, 2 / 15.0, 0 })]
    [InlineData(9, new[] { .25, .5, .0625, .125, .0625 })]
    public void Top_k_leaves_the_k_likeliest(int k, double[] expected) => AssertLeft(new Sampling { TopK = k }, expected);

    [Theory]
    [InlineData(.01, new[] { 0, 1.0, 0, 0, 0 })]
    [InlineData(.499, new[] { 0, 1.0, 0, 0, 0 })]
    [InlineData(.6, new[] { 1 / 3.0, 2 / 3.0, 0, 0, 0 })]
    [InlineData(.8, new[] { 2 / 7.0, 4 / 7.0, 0, 1 / 7.0, 0 })]
    [InlineData(.9, new[] { 4 / 15.0, 8 / 15.0, 1 / 15.0, 2 / 15.0, 0 })]
    [InlineData(1, new[] { .25, .5, .0625, .125, .0625 })]
    public void Top_p_leaves_the_fewest_that_have_it_together(double p, double[] expected) => AssertLeft(new Sampling { TopP = p }, expected);

    [Fact]
    public void The_temperature_comes_first_then_top_k_then_top_p()
    {
        // At temperature 1/2 probabilities are squared: 16, 64, 1, 4, 1 of 86.
        AssertLeft(new Sampling { Temperature = .5 }, [16 / 86.0, 64 / 86.0, 1 / 86.0, 4 / 86.0, 1 / 86.0]);
        AssertLeft(new Sampling { Temperature = .5, TopK = 3 }, [16 / 84.0, 64 / 84.0, 0, 4 / 84.0, 0]);

        // 64/86 = .744 but 64/84 = .762: of the three that top-k leaves, one has three quarters.
        AssertLeft(new Sampling { Temperature = .5, TopP = .75 }, [.2, .8, 0, 0, 0]);
        AssertLeft(new Sampling { Temperature = .5, TopK = 3, TopP = .75 }, [0, 1, 0, 0, 0]);

        // At temperature 2 they are the roots: 2, 2.828, 1, 1.414, 1 of 8.243.
        AssertLeft(new Sampling { Temperature = 2, TopK = 2 }, [.41421, .58579, 0, 0, 0]);
    }

    [Fact]
    public void The_most_probable_draws_no_random_number_and_takes_the_lower_of_equals()
    {
        RandomSource random = new(1, "melody");
        Assert.Equal(1, new Sampling { MostProbable = true }.Choose([1, 3, 2], random, new float[3]));
        Assert.Equal(0, new Sampling { MostProbable = true }.Choose([3, 3, 2], random, new float[3]));
        Assert.Equal(new RandomSource(1, "melody").NextBits(), random.NextBits());
    }

    [Fact]
    public void What_may_not_be_drawn_never_is()
    {
        float[][] table = [.. Enumerable.Range(0, 5).Select(_ => Array.ConvertAll(Halves, p => (float)Math.Log(p)))];
        Composer composer = new(new TablePolicy(new MelodyEncoding(new Pitch(60), 5), table), new RandomNotePrimer(5));
        int[] counts = new int[5];
        foreach (int number in composer.Compose(200, 20, 1, new Sampling { TopP = .6 }).SelectMany(found => found.Melody.ToClasses(new(new Pitch(60), 5))))
        {
            counts[number]++;
        }

        Assert.Equal([0, 0, 0], counts[2..]);
        Assert.InRange(counts[0], 1213, 1453); // a third of 4000, four standard deviations
    }

    [Theory]
    [InlineData(0.0, null, 1.0, false, "temperature: expected a number above 0, found 0")]
    [InlineData(1.0, 0, 1.0, false, "top-k: expected at least 1, found 0")]
    [InlineData(1.0, null, 0.0, false, "top-p: expected above 0, at most 1, found 0")]
    [InlineData(1.0, null, double.NaN, false, "top-p: expected above 0, at most 1, found NaN")]
    [InlineData(1.0, 3, 1.0, true, "most-probable: expected no temperature, top-k or top-p beside it, found one")]
    public void A_number_out_of_range_is_named(double temperature, int? topK, double topP, bool mostProbable, string expected)
    {
        Sampling sampling = new() { Temperature = temperature, TopK = topK, TopP = topP, MostProbable = mostProbable };
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => sampling.Validated()).Message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_with_every_option_for_nets_of_every_input()
    {
        MelodyEncoding encoding = new(new Pitch(60), 6);
        NoteRnnInputs hears = NoteRnnInputs.Events(6).With(new BarInput()).With(new BarsAgoInput(6, 1));
        NoteRnnModel net = new(RandomNets.Weights(new NoteRnnShape(6, [8], hears), 3), encoding) { KnowsBeginnings = true };
        Composer composer = new(new NoteRnnPolicy(net), new NoPrimer());
        Sampling[] samplings =
            [new(), new() { Temperature = .7, TopK = 3 }, new() { TopP = .8 }, new() { MostProbable = true }];
        HashSet<string> all = [];
        foreach (Sampling sampling in samplings)
        {
            foreach (Beam? beam in new[] { null, new Beam(3, 2, 3) })
            {
                string Text() => string.Join(" | ", composer.Compose(3, 20, 5, sampling, beam).Select(found => found.Melody));
                string first = Text();
                Assert.Equal(first, Text());
                all.Add(first);
            }
        }

        Assert.Equal(7, all.Count); // with the most probable alone, branches are all the same
    }

    private static void AssertLeft(Sampling sampling, double[] expected)
    {
        float[] logits = Array.ConvertAll(Halves, p => (float)Math.Log(p) + 3);
        sampling.Restrict(logits);
        Softmax.Probabilities(logits, logits);
        Assert.All(expected.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
