using RLTuner.Composing;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Numerics;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Tests.Composing;

public sealed class BeamTests
{
    private const int Classes = 4;

    private static readonly MelodyEncoding Encoding = new(new Pitch(60), Classes);

    private static readonly MelodyPrimer Primer = new([Melody.FromClasses([2, 0, 3], Encoding)], Encoding);

    public static TheoryData<string> Nets => ["events", "prior", "lookback and position", "begins by itself"];

    [Theory]
    [MemberData(nameof(Nets))]
    public void A_wide_beam_finds_what_looking_at_all_melodies_finds(string name)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            NoteRnnModel net = Net(name, seed);
            NoteRnnPolicy policy = new(net);
            IPrimer primer = net.KnowsBeginnings ? new NoPrimer() : Primer;
            (Composition best, _) = All(policy, primer, 5).MaxBy(found => found.LogProbability);
            Composition found = Assert.Single(new Composer(policy, primer).Compose(1, 5, 7, beam: new Beam(256, 32)));
            Assert.Equal(best.Melody.Events, found.Melody.Events);
            Assert.Equal(best.Primer, found.Primer);
        }
    }

    [Fact]
    public void By_whole_melodies_it_is_the_best_of_as_many_draws()
    {
        // One iteration of all steps: nothing is dropped on the way.
        NoteRnnPolicy policy = new(Net("events", 1));
        Composition best = new Composer(policy, Primer).Compose(1, 5, 3, beam: new Beam(1, 4096, 5))[0];
        (Composition likeliest, _) = All(policy, Primer, 5).MaxBy(found => found.LogProbability);
        Assert.Equal(likeliest.Melody.Events, best.Melody.Events);
    }

    [Theory]
    [InlineData(1, new[] { 1, 0 })] // .49·.6 = .294 against .5·.5 = .25
    [InlineData(.5, new[] { 0, 2 })] // of squares: .490·.692 = .339 against .510·.750 = .382
    public void The_likelihood_is_that_at_the_temperature(double temperature, int[] expected)
    {
        float[][] table = [Logs(.17, .17, .5, .16), Logs(.6, .4, 1e-9, 1e-9), Logs(.25, .25, .25, .25), Logs(.5, .49, .01, 1e-9)];
        Composer composer = new(new TablePolicy(Encoding, table), new MelodyPrimer([Melody.FromClasses([3], Encoding)], Encoding));
        Composition found = composer.Compose(1, 2, 1, new Sampling { Temperature = temperature }, new Beam(16, 64))[0];
        Assert.Equal(expected, found.Melody.ToClasses(Encoding));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void A_first_event_that_is_given_stays(int length)
    {
        Composer composer = new(new NoteRnnPolicy(Net("lookback and position", 4)), new FirstNotePrimer(Encoding, Key.CMajor));
        foreach (Beam? beam in new[] { null, new Beam(1, 1, 2) })
        {
            Composition found = composer.Compose(1, length, 9, beam: beam)[0];
            Assert.True(found.FirstIsGiven && found.Melody.Events[0].StartsNote && found.Primer is []);
            Assert.Equal(composer.Compose(1, length, 9)[0].Melody.Events, found.Melody.Events);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_beam_of_one_branch_draws_as_no_beam_does(int stepsPerIteration)
    {
        Composer composer = new(new NoteRnnPolicy(Net("lookback and position", 2)), Primer);
        Sampling sampling = new() { Temperature = 1.3, TopK = 3 };
        IEnumerable<string> Texts(Beam? beam) => composer.Compose(20, 8, 4, sampling, beam).Select(found => found.Melody.ToString());
        Assert.Equal(Texts(null), Texts(new Beam(1, 1, stepsPerIteration)));
    }

    [Fact]
    public void Wider_beams_find_likelier_melodies()
    {
        NoteRnnPolicy policy = new(Net("events", 3));
        double Mean(Beam beam) => Likelihood.LogProbabilities(policy, new Composer(policy, Primer) { Threads = 2 }.Compose(50, 24, 1, beam: beam)).Average(each => each.Sum());
        double one = Mean(new Beam()), some = Mean(new Beam(3, 3)), many = Mean(new Beam(20, 10));
        Assert.True(one < some && some < many, $"{one}, {some}, {many}");
    }

    [Fact]
    public void Numbers_out_of_range_are_named()
    {
        Assert.Equal("beam-size: expected at least 1, found 0", Assert.Throws<ArgumentException>(() => new Beam(0).Validated()).Message);
        Assert.Equal("branch-factor: expected at least 1, found -1", Assert.Throws<ArgumentException>(() => new Beam(1, -1).Validated()).Message);
        Assert.Equal("steps-per-iteration: expected at least 1, found 0", Assert.Throws<ArgumentException>(() => new Beam(1, 1, 0).Validated()).Message);
        Assert.Equal(
            "beam-size: expected at most 16384 with branch-factor multiplied, found 20000",
            Assert.Throws<ArgumentException>(() => new Beam(200, 100).Validated()).Message);
    }

    private static NoteRnnModel Net(string name, ulong seed)
    {
        NoteRnnInputs hears = name.StartsWith("lookback", StringComparison.Ordinal)
            ? NoteRnnInputs.Events(Classes).With(new StepInput(5)).With(new BarsAgoInput(Classes, 1))
            : NoteRnnInputs.Events(Classes);
        NoteRnnShape shape = new(Classes, [6], hears);
        return new NoteRnnModel(RandomNets.Weights(shape, seed), Encoding)
        {
            KnowsBeginnings = name.StartsWith("begins", StringComparison.Ordinal),
            Prior = name == "prior" ? RandomNets.Weights(shape, seed + 100) : null,
        };
    }

    /// <summary>Every melody there is, and its log-likelihood.</summary>
    private static IEnumerable<(Composition Composition, double LogProbability)> All(IPolicy policy, IPrimer primer, int length)
    {
        int[] heard = primer.Draw(new RandomSource(1, "priming")).ToArray();
        Composition[] all =
        [
            .. Enumerable.Range(0, (int)Math.Pow(Classes, length)).Select(number => new Composition(
                Melody.FromClasses([.. Enumerable.Range(0, length).Select(step => number / (int)Math.Pow(Classes, step) % Classes)], Encoding), heard)),
        ];
        return all.Zip(Likelihood.LogProbabilities(policy, all), (composition, each) => (composition, each.Sum(value => (double)value)));
    }

    private static float[] Logs(params double[] probabilities) => Array.ConvertAll(probabilities, p => (float)Math.Log(p));
}
