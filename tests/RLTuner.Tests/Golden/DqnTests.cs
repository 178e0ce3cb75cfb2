using System.Collections.Immutable;
using System.Text.Json;
using RLTuner.Learning;
using RLTuner.Learning.Q;
using RLTuner.Learning.Q.Replay;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Tuning;

namespace RLTuner.Tests.Golden;

/// <summary>Oracle: dqn.json, training steps in float64 arithmetic by an independent implementation.</summary>
public sealed class DqnTests
{
    private const double WeightTolerance = 2e-6, LossTolerance = 6e-7, TargetTolerance = 2.3e-6;

    /// <summary>The variables' names in the file, in the order of <see cref="NoteRnnWeights.Variables"/>.</summary>
    private static readonly ImmutableArray<string> Names = ["W_0", "B", "weights", "bias"];

    [Theory]
    [InlineData(0, "q")]
    [InlineData(0, "psi")]
    [InlineData(0, "g")]
    [InlineData(0, "g_no_stop")]
    [InlineData(1, "q")]
    [InlineData(1, "psi")]
    [InlineData(1, "g")]
    [InlineData(1, "g_no_stop")]
    public void Ten_training_steps_match_the_float64_implementation(int caseIndex, string name)
    {
        using JsonDocument golden = GoldenFile.Open("dqn.json");
        JsonElement input = golden.RootElement.GetProperty("cases")[caseIndex];
        JsonElement expected = input.GetProperty("results").GetProperty(name);
        bool perturbed = input.GetProperty("weights").GetString() == "perturbed";
        NoteRnnWeights noteRnn = GoldenFile.MagentaNoteRnn().Weights;
        NoteRnnWeights tuned = perturbed ? Perturbed(noteRnn, Math.Sin) : noteRnn.Clone();
        NoteRnnWeights target = perturbed ? Perturbed(noteRnn, Math.Cos) : noteRnn.Clone();
        bool isG = name.StartsWith('g');
        Minibatch batch = BatchOf(input, isG, noteRnn.Shape);
        QOptions options = new(isG ? "g" : name) { Discount = 0.5f };
        QNetworks learner = new(
            tuned, noteRnn, options, name == "g_no_stop" ? Quirks.Magenta : Quirks.None, batch, new Partner(threads: 1), target);
        JsonElement indices = input.GetProperty("indices");

        double[] losses = expected.GetProperty("losses").Doubles();
        for (int update = 0; update < losses.Length; update++)
        {
            double loss = learner.Update();
            AssertRelative(losses[update], loss, LossTolerance, $"loss {update}");
            if (update == 0)
            {
                AssertTargets(expected.GetProperty("target_vals").Doubles(), learner.TargetValues, batch.Rewards);
                AssertClippedGradients(expected, indices, learner.Gradient());
                AssertWeights(expected.GetProperty("after1"), "", indices, learner.Tuned());
                AssertWeights(expected.GetProperty("target_after1"), "", indices, learner.Target());
                AssertSums(expected.GetProperty("after1_sums"), learner.Tuned());
            }
        }

        AssertWeights(expected.GetProperty("after10"), "", indices, learner.Tuned());
        AssertWeights(expected.GetProperty("target_after10"), "", indices, learner.Target());
        AssertSums(expected.GetProperty("after10_sums"), learner.Tuned());
        if (name == "g_no_stop")
        {
            AssertWeights(expected.GetProperty("after10"), "reward_", indices, learner.NoteRnn());
        }
    }

    private static Minibatch BatchOf(JsonElement input, bool isG, NoteRnnShape shape)
    {
        Minibatch batch = new(shape, 32);
        input.GetProperty("note").Integers().Select(note => new InputRow(note)).ToArray().CopyTo(batch.Inputs, 0);
        input.GetProperty("action").Integers().CopyTo(batch.Actions, 0);
        input.GetProperty("action").Integers().Select(note => new InputRow(note)).ToArray().CopyTo(batch.NextInputs, 0);
        input.GetProperty(isG ? "reward_g" : "reward").Floats().CopyTo(batch.Rewards, 0);
        JsonElement prior = input.GetProperty("reward_next_state");
        prior = prior.ValueKind == JsonValueKind.Array ? prior : input.GetProperty("next_state");
        for (int row = 0; row < batch.Size; row++)
        {
            batch.State.RestoreRow(row, input.GetProperty("state")[row].Floats());
            batch.NextState.RestoreRow(row, input.GetProperty("next_state")[row].Floats());
            batch.NextPriorState.RestoreRow(row, prior[row].Floats());
        }

        return batch;
    }

    private static NoteRnnWeights Perturbed(NoteRnnWeights weights, Func<double, double> wave)
    {
        NoteRnnWeights result = weights.Clone();
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            for (int k = 0; k < variable.Length; k++)
            {
                result.Values[variable.Offset + k] = (float)(weights.Values[variable.Offset + k] + (0.05 * wave((0.7 * k) + 1)));
            }
        }

        return result;
    }

    /// <summary>
    /// The file's target values are those of the next states; y discounts them and adds the reward. A value is a difference of
    /// log-sums of logits of size 8, so near zero its error is relative to 1, not to itself: one unit in the last place of such a
    /// logit is 4.8e-7.
    /// </summary>
    private static void AssertTargets(double[] expected, float[] found, float[] rewards)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            double y = (0.5 * expected[row]) + rewards[row];
            double tolerance = TargetTolerance * 0.5 * Math.Max(1, Math.Abs(expected[row]));
            double rounding = MathF.BitIncrement((float)Math.Abs(y)) - (float)Math.Abs(y);
            Assert.True(Math.Abs(y - found[row]) <= tolerance + rounding, $"target {row}: expected {y}, found {found[row]}");
        }
    }

    private static void AssertClippedGradients(JsonElement expected, JsonElement indices, NoteRnnWeights gradient)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            double norm = expected.GetProperty("grad_norms").GetProperty(Names[i]).GetDouble();
            double scale = Math.Min(1, 5 / norm);
            foreach ((int index, double value) in indices.GetProperty(Names[i]).Integers().Zip(expected.GetProperty("grads").GetProperty(Names[i]).Doubles()))
            {
                Assert.Equal(value, scale * gradient.Values[gradient.Variables[i].Offset + index], WeightTolerance);
            }
        }
    }

    private static void AssertWeights(JsonElement expected, string prefix, JsonElement indices, NoteRnnWeights weights)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            foreach ((int index, double value) in indices.GetProperty(Names[i]).Integers().Zip(expected.GetProperty(prefix + Names[i]).Doubles()))
            {
                Assert.Equal(value, weights.Values[weights.Variables[i].Offset + index], WeightTolerance);
            }
        }
    }

    /// <summary>A sum over n weights may be off by n times what one may be; errors of either sign make it far less.</summary>
    private static void AssertSums(JsonElement expected, NoteRnnWeights weights)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            NoteRnnWeights.Variable variable = weights.Variables[i];
            double sum = weights.Values.Skip(variable.Offset).Take(variable.Length).Sum(value => (double)value);
            Assert.Equal(expected.GetProperty(Names[i]).GetDouble(), sum, WeightTolerance * variable.Length);
        }
    }

    private static void AssertRelative(double expected, double found, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Abs(expected), $"{what}: expected {expected}, found {found}");
}
