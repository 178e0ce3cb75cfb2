using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;

namespace RLTuner.Tests.Learning.PolicyGradient;

/// <summary>
/// Where each note is paid for itself alone and the Note RNN plays without memory, the best policy at a price β is known: q ∝ p·exp(r / β).
/// </summary>
public sealed class KnownOptimumTests
{
    private static readonly double[] Rewards = [0, 1, -1, 2, 0.5, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void At_a_fixed_price_the_known_optimum_is_found(double price)
    {
        (double theory, double divergence) = Best(price);
        (double foundTheory, double foundDivergence) = Learn(new PgOptions { EntropyWeight = 0, KlWeight = price, LearningRate = 5e-3f }, (_, next) => Rewards[next]);
        Assert.Equal(7 * theory, foundTheory, 0.25);
        Assert.Equal(7 * divergence, foundDivergence, 0.12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void At_a_target_the_distance_is_held_and_the_best_at_it_is_found(double target)
    {
        double price = 100;
        while (7 * Best(price).Divergence < target)
        {
            price *= 0.999;
        }

        (double theory, double divergence) = Learn(new PgOptions { EntropyWeight = 0, TargetKl = target }, (_, next) => Rewards[next]);
        Assert.Equal(target, divergence, 0.06 * target);
        Assert.Equal(7 * Best(price).Theory, theory, 0.4);
    }

    [Fact]
    public void What_is_paid_late_is_credited_to_where_it_was_decided()
    {
        // Only the last note is paid, and only where it equals the first.
        (double theory, _) = Learn(new PgOptions { EntropyWeight = 0, KlWeight = 0.02, LearningRate = 1e-2f }, (played, next) => played.Length == 6 && next == played[0] ? 1 : 0);
        Assert.InRange(theory, 0.9, 1);
    }

    private static (double Theory, double Divergence) Learn(PgOptions options, Func<int[], int, double> score)
    {
        LearningTask task = SmallTasks.Of(score, 7, 12);
        task.NoteRnn.Weights.OutputKernel.Clear();
        ILearner learner = options.Create(task);
        learner.Advance(128 * 7 * 400, new SmallTasks.Recorder(), TestContext.Current.CancellationToken);
        learner.TakeDiagnostics();
        SmallTasks.Recorder notes = new();
        learner.Advance(128 * 7 * 400, notes, TestContext.Current.CancellationToken);
        return (7 * notes.Notes.Average(note => note.Theory), learner.TakeDiagnostics().First(figure => figure.Name == "kl").Value);
    }

    /// <summary>What the best policy earns a note, and how far it is.</summary>
    private static (double Theory, double Divergence) Best(double price)
    {
        double[] bias = SmallTasks.Of((_, _) => 0, 7, 12).NoteRnn.Weights.OutputBias.ToArray().Select(x => (double)x).ToArray();
        double[] p = Softmax(bias), q = Softmax([.. bias.Zip(Rewards, (x, reward) => x + (reward / price))]);
        return (q.Zip(Rewards).Sum(pair => pair.First * pair.Second), q.Zip(p).Sum(pair => pair.First * Math.Log(pair.First / pair.Second)));
    }

    private static double[] Softmax(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }
}
