using System.Globalization;
using RLTuner.Evaluation;
using RLTuner.Numerics;
using RLTuner.Ratings;

namespace RLTuner.Tests.Ratings;

/// <summary>The fit is what an independent program finds, recovers listeners that are known, and its intervals hold what they promise.</summary>
public sealed class BradleyTerryTests
{
    private const double Width = 0.5;

    /// <summary>The model of docs/ratings.md by NumPy: modes by its solver, from zero; evidence by its determinant; the mean over the grid.</summary>
    private const string Script = """
        import sys, numpy as np
        rows = np.array([[float(x) for x in line.split()] for line in sys.stdin])
        w0, s, D, y = rows[0, :-1], rows[0, -1], rows[1:, :-1], rows[1:, -1]
        typical = np.sqrt(np.mean((D @ w0) ** 2 + s ** 2 * np.sum(D ** 2, axis=1)))
        W, V, E, B = [], [], [], np.geomspace(0.02, 50, 33) / typical
        for b in B:
            X, w = b * D, np.zeros(len(w0))
            for _ in range(2000):
                p = 1 / (1 + np.exp(-X @ w))
                g = X.T @ (y - p) - (w - w0) / s ** 2
                H = X.T @ (X * (p * (1 - p))[:, None]) + np.eye(len(w0)) / s ** 2
                step = np.linalg.solve(H, g)
                step *= min(1, 0.5 / np.max(np.abs(step)))
                w = w + step
                if np.max(np.abs(step)) < 1e-12: break
            z = X @ w
            l = np.sum(-y * np.logaddexp(0, -z) - (1 - y) * np.logaddexp(0, z)) - np.sum((w - w0) ** 2) / (2 * s ** 2)
            W.append(w); V.append(np.diag(np.linalg.inv(H))); E.append(l - 0.5 * np.linalg.slogdet(H)[1] - len(w0) * np.log(s))
        q = np.exp(np.array(E) - max(E)); q /= q.sum()
        m = q @ np.array(W); d = np.sqrt(q @ (np.array(V) + (np.array(W) - m) ** 2))
        print(*m, *d, np.exp(q @ np.log(B)))
        """;

    [Theory]
    [InlineData(5, 0.3)]
    [InlineData(60, 1)]
    [InlineData(400, 8)]
    public void The_fit_is_that_of_another_program(int ratings, double sharpness)
    {
        Listener listener = new(4, seed: (ulong)ratings, sharpness, tieShare: 0.1);
        (double[][] differences, double[] won) = listener.Rate(ratings);
        BradleyTerry.Result ours = BradleyTerry.Fit(differences, won, listener.Present, Width);
        string[] rows = [Row([.. listener.Present, Width]), .. differences.Zip(won, (row, share) => Row([.. row, share]))];
        double[] theirs = [.. Assert.Single(NumPy.Run(Script, string.Join('\n', rows))).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.All(theirs[..4].Zip(ours.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(theirs[4..8].Zip(ours.Deviations), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(1, theirs[8] / ours.Sharpness, 1e-6);

        static string Row(double[] values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Gradient_and_Hessian_are_those_of_differences_of_the_density()
    {
        Listener listener = new(5, seed: 3, sharpness: 1, tieShare: 0.2);
        (double[][] differences, double[] won) = listener.Rate(40);
        BradleyTerry.Posterior posterior = new(differences, won, listener.Present, Width, 0.7);
        double[] at = [0.3, -1.2, 2, 0.9, 1.4];
        double[] gradient = posterior.Gradient(at);
        double[,] precision = posterior.Precision(at);
        for (int k = 0; k < at.Length; k++)
        {
            (double[] up, double[] down) = Moved(k);
            Assert.Equal((posterior.LogDensity(up) - posterior.LogDensity(down)) / 2e-5, gradient[k], 1e-5);
            double[] above = posterior.Gradient(up), below = posterior.Gradient(down);
            for (int j = k; j < at.Length; j++)
            {
                Assert.Equal((below[j] - above[j]) / 2e-5, precision[j, k], 1e-5);
            }
        }

        Assert.All(posterior.Gradient(posterior.Mode(at)), slope => Assert.Equal(0, slope, 1e-5));

        (double[] Up, double[] Down) Moved(int k)
        {
            double[] up = [.. at], down = [.. at];
            up[k] += 1e-5;
            down[k] -= 1e-5;
            return (up, down);
        }
    }

    [Fact]
    public void Weights_come_nearer_to_the_listeners_and_their_intervals_hold_them_as_often_as_promised()
    {
        // Sharpness, too, is as likely as the prior says: from deaf to sure. Of 300 fits with 6 weights each, which hang together, 95 % has a standard error of about one point.
        RandomSource random = new(5, "sharpness");
        int held = 0, nearer = 0, weights = 0;
        double before = 0, after = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            Listener listener = new(6, seed, sharpness: Math.Exp((random.NextDouble() * 4) - 2), tieShare: 0);
            (double[][] differences, double[] won) = listener.Rate(150);
            BradleyTerry.Result fit = BradleyTerry.Fit(differences, won, listener.Present, Width);
            double then = 0, now = 0;
            for (int k = 0; k < 6; k++)
            {
                then += Math.Pow(listener.Present[k] - listener.Weights[k], 2);
                now += Math.Pow(fit.Weights[k] - listener.Weights[k], 2);
                held += Math.Abs(fit.Weights[k] - listener.Weights[k]) <= ConfidenceInterval.Z * fit.Deviations[k] ? 1 : 0;
                weights++;
            }

            nearer += now < then ? 1 : 0;
            (before, after) = (before + then, after + now);
        }

        double coverage = (double)held / weights;
        Assert.True(coverage is > 0.92 and < 0.98 && nearer > 225 && after < 0.75 * before, FormattableString.Invariant($"held {coverage:P1}, nearer {nearer} of 300, squared error {after / before:F2} of before"));
    }

    [Fact]
    public void Many_ratings_tell_the_proportions_of_the_weights_and_a_listener_who_guesses_tells_nothing()
    {
        Listener listener = new(6, seed: 9, sharpness: 2, tieShare: 0);
        (double[][] differences, double[] won) = listener.Rate(20_000);
        BradleyTerry.Result fit = BradleyTerry.Fit(differences, won, listener.Present, Width);
        Assert.InRange(Cosine(fit.Weights, listener.Weights), 0.999, 1);

        RandomSource random = new(4, "guesses");
        BradleyTerry.Result guessed = BradleyTerry.Fit(differences[..500], [.. won[..500].Select(_ => (double)random.Next(2))], listener.Present, Width);
        Assert.All(guessed.Weights.Zip(listener.Present), pair => Assert.Equal(pair.Second, pair.First, Width));
        Assert.True(guessed.Sharpness < fit.Sharpness / 5, $"{guessed.Sharpness} {fit.Sharpness}");
        Assert.All(guessed.Deviations, deviation => Assert.InRange(deviation, 0.3 * Width, 1.2 * Width));
    }

    private static double Cosine(double[] first, double[] second) =>
        first.Zip(second, (one, other) => one * other).Sum() / Math.Sqrt(first.Sum(value => value * value) * second.Sum(value => value * value));

    /// <summary>Chooses as the model says, by weights that are drawn around the present ones; features differ in size.</summary>
    private sealed class Listener
    {
        private readonly RandomSource _random;
        private readonly double _sharpness, _tieShare;

        public Listener(int features, ulong seed, double sharpness, double tieShare)
        {
            _random = new RandomSource(seed, "listener");
            Present = [.. Enumerable.Repeat(1.0, features)];
            Weights = [.. Present.Select(weight => weight + (Width * Normal()))];
            (_sharpness, _tieShare) = (sharpness, tieShare);
        }

        public double[] Present { get; }

        public double[] Weights { get; }

        public (double[][] Differences, double[] Won) Rate(int count)
        {
            double[][] differences = [.. Enumerable.Range(0, count).Select(_ => Weights.Select((_, k) => (0.2 + k) * Normal()).ToArray())];
            return (differences, [.. differences.Select(row => _random.NextDouble() < _tieShare ? 0.5 : _random.NextDouble() < Chance(row) ? 1.0 : 0)]);
        }

        private double Chance(double[] row)
        {
            double score = row.Zip(Weights, (difference, weight) => difference * weight).Sum(), typical = Math.Sqrt(Weights.Select((_, k) => Math.Pow(0.2 + k, 2)).Sum());
            return 1 / (1 + Math.Exp(-_sharpness * score / typical));
        }

        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
