using RLTuner.Learning.PolicyGradient;
using RLTuner.Numerics;

namespace RLTuner.Tests.Learning.PolicyGradient;

/// <summary>
/// A problem small enough to try everything: three classes, melodies of four, a policy that is a table of logits for each beginning. The mean of
/// the estimate over all pairs of melodies must be the gradient of what is to grow.
/// </summary>
public sealed class ExpectationTests
{
    private const int Classes = 3, Length = 4, Melodies = 81, Beginnings = 1 + 3 + 9 + 27;
    private const double Weight = 0.6;

    private readonly double[] _table = Draw("table", 1.5), _frozen = Draw("frozen", 1.5), _rewards = Draw("rewards", 4);

    [Fact]
    public void The_mean_estimate_over_all_pairs_of_melodies_is_the_gradient()
    {
        double[] expected = new double[_table.Length], mean = new double[_table.Length];
        const double Delta = 1e-6;
        for (int i = 0; i < _table.Length; i++)
        {
            double kept = _table[i];
            _table[i] = kept + Delta;
            double up = Objective();
            _table[i] = kept - Delta;
            expected[i] = (up - Objective()) / (2 * Delta);
            _table[i] = kept;
        }

        for (int first = 0; first < Melodies; first++)
        {
            for (int second = 0; second < Melodies; second++)
            {
                AddEstimate([first, second], Chance(first) * Chance(second), mean);
            }
        }

        // The estimate is of what is to shrink.
        for (int i = 0; i < mean.Length; i++)
        {
            Assert.Equal(expected[i], -mean[i], 2e-5);
        }
    }

    private void AddEstimate(int[] melodies, double chance, double[] sum)
    {
        float[] rewards = new float[2 * Length], divergences = new float[2 * Length], advantages = new float[2 * Length];
        for (int note = 0; note < rewards.Length; note++)
        {
            (int node, int action) = At(melodies[note / Length], note % Length);
            rewards[note] = (float)_rewards[node + action];
            divergences[note] = (float)Divergence(node);
        }

        Advantages.Of(rewards, divergences, Weight, Length, advantages);
        float[] gradient = new float[Classes];
        for (int note = 0; note < rewards.Length; note++)
        {
            (int node, int action) = At(melodies[note / Length], note % Length);
            float[] logits = [.. _table.AsSpan(node, Classes).ToArray().Select(x => (float)x)], others = [.. _frozen.AsSpan(node, Classes).ToArray().Select(x => (float)x)];
            (float divergence, _) = PolicyLoss.Compare(logits, others);
            PolicyLoss.Gradient(logits, others, divergence, action, advantages[note], (float)Weight, gradient);
            for (int i = 0; i < Classes; i++)
            {
                sum[node + i] += chance * gradient[i] / melodies.Length;
            }
        }
    }

    private double Objective() => Enumerable.Range(0, Melodies).Sum(melody => Chance(melody) * Enumerable.Range(0, Length).Sum(step =>
    {
        (int node, int action) = At(melody, step);
        return _rewards[node + action] - (Weight * Divergence(node));
    }));

    private double Chance(int melody) => Enumerable.Range(0, Length).Aggregate(1.0, (chance, step) =>
    {
        (int node, int action) = At(melody, step);
        return chance * Probability(_table, node, action);
    });

    private double Divergence(int node) => Enumerable.Range(0, Classes).Sum(i =>
        Probability(_table, node, i) * Math.Log(Probability(_table, node, i) / Probability(_frozen, node, i)));

    private static double Probability(double[] table, int node, int action) =>
        Math.Exp(table[node + action]) / Enumerable.Range(0, Classes).Sum(i => Math.Exp(table[node + i]));

    /// <summary>The place in a table of what was played before a step, and what is played there.</summary>
    private static (int Node, int Action) At(int melody, int step)
    {
        int beginning = 0, level = 0, width = 1;
        for (int i = 0; i < step; i++)
        {
            beginning = (beginning * Classes) + (melody % Classes);
            melody /= Classes;
            level += width;
            width *= Classes;
        }

        return ((level + beginning) * Classes, melody % Classes);
    }

    private static double[] Draw(string purpose, double scale)
    {
        RandomSource random = new(1, purpose);
        return [.. Enumerable.Range(0, Beginnings * Classes).Select(_ => scale * ((2 * random.NextDouble()) - 1))];
    }
}
