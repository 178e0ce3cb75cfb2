using RLTuner.Composing;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Tuning;

namespace RLTuner.Tests.Tuning;

public sealed class TunerStartTests
{
    [Theory]
    [InlineData("q", Quirks.None, 1)]
    [InlineData("psi", Quirks.None, 1)]
    [InlineData("pure-rl", Quirks.None, 1)]
    [InlineData("g", Quirks.None, 1)]
    [InlineData("q", Quirks.Magenta, 1)]
    [InlineData("g", Quirks.Magenta, 2)]
    public void The_first_policy_is_the_Note_RNNs_but_for_the_originals_G_its_square(
        string algorithm, Quirks quirks, int power)
    {
        NoteRnnModel net = SmallRuns.Net();
        NoteRnnModel start = SmallRuns.Tuner(SmallRuns.Of(algorithm, quirks, default, false), net).Snapshot();
        IPolicyRun policy = new NoteRnnPolicy(start).Begin(1), noteRnn = new NoteRnnPolicy(net).Begin(1);
        float[] found = new float[6], logits = new float[6], expected = new float[6];
        foreach (int note in (int[])[3, 0, 5, 1, 2])
        {
            policy.Read([note], found);
            noteRnn.Read([note], logits);
            Softmax.Probabilities([.. logits.Select(logit => power * logit)], expected);
            Softmax.Probabilities(found, found);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Theory]
    [InlineData("q", Quirks.None, false)]
    [InlineData("psi", Quirks.None, false)]
    [InlineData("g", Quirks.None, false)]
    [InlineData("pure-rl", Quirks.None, false)]
    [InlineData("q", Quirks.Magenta, false)]
    [InlineData("g", Quirks.Magenta, true)]
    public void Only_the_originals_G_changes_the_Note_RNN(string algorithm, Quirks quirks, bool changes)
    {
        SmallRunOptions options = SmallRuns.Of(algorithm, quirks, default, false);
        NoteRnnWeights noteRnn = SmallRuns.Net().Weights;
        float[] before = [.. noteRnn.Values];
        RLTuner.Learning.Q.Replay.Minibatch batch = new(noteRnn.Shape, 4);
        QNetworks learner = new(noteRnn, noteRnn, options.Learner, quirks, batch, new Partner(threads: 1));
        batch.Rewards.AsSpan().Fill(1);
        learner.Update();
        Assert.Equal(changes, !before.SequenceEqual(learner.NoteRnn().Values));
        Assert.NotEqual(before, learner.Tuned().Values);

        NoteRnnModel net = SmallRuns.Net();
        Tuner tuner = SmallRuns.Tuner(options, net);
        tuner.Finish();
        Assert.Equal(before, net.Weights.Values);
        Assert.Equal(options.Algorithm.AddsPrior, tuner.Snapshot().Prior is not null);
        NoteRnnWeights? prior = tuner.Snapshot().Prior;
        Assert.True(prior is null || before.SequenceEqual(prior.Values) != changes);
    }

    [Fact]
    public void A_net_that_G_learning_tuned_is_not_tuned_again()
    {
        NoteRnnModel net = SmallRuns.Net();
        Assert.Throws<ArgumentException>(() => SmallRuns.Tuner(SmallRuns.Options, net with { Prior = net.Weights }));
    }

    [Fact]
    public void Options_outside_their_range_are_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SmallRuns.Tuner(SmallRuns.Options with { Discount = 1.5f }));
        Assert.Contains("discount: expected a number from 0 to 1, found 1.5", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SmallRuns.Tuner(SmallRuns.Options with { MaxExperience = 3 }));
        Assert.Throws<ArgumentException>(() => SmallRuns.Tuner(SmallRuns.Options with { MelodyLength = 1 }));
        Assert.Throws<ArgumentException>(() => SmallRuns.Tuner(SmallRuns.Options with { LearningRate = float.NaN }));
        Assert.Throws<ArgumentException>(() => SmallRuns.Tuner(SmallRuns.Options with { RewardScaler = double.NaN }));
    }
}
