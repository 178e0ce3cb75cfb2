using RLTuner.Numerics;

namespace RLTuner.Ratings;

/// <summary>
/// The model of Bradley and Terry (1952), "Rank analysis of incomplete block designs", on features: A wins with probability σ(β·w·d), where d is what A's features have more than B's.
/// Weights w are normal around the present ones, all as wide, a priori; that fixes their scale, without which β, how sharply the listener tells melodies apart, and w could not be told
/// apart. For each β of a grid, all as likely a priori, w is the mode that Newton's method finds, with Laplace's approximation around it (MacKay 1992, "The evidence framework applied
/// to classification networks"); what is told is the mean over the grid, each β as likely as the evidence says. Ties are half a win for each.
/// </summary>
internal static class BradleyTerry
{
    /// <summary>The grid of β: from a listener who hears nothing of a typical pair, to one who is always sure.</summary>
    private const double Dullest = 0.02, Sharpest = 50;

    private const int GridPoints = 33, MostSteps = 100;

    /// <summary>What the ratings say.</summary>
    /// <param name="Weights">The means of the weights.</param>
    /// <param name="Deviations">Their standard deviations.</param>
    /// <param name="Sharpness">β, its geometric mean.</param>
    public sealed record Result(double[] Weights, double[] Deviations, double Sharpness);

    /// <summary>Fits weights.</summary>
    /// <param name="differences">[ratings][features]: A's less B's; in each feature some rating has one.</param>
    /// <param name="won">[ratings]: what A won, 0 to 1.</param>
    /// <param name="present">[features]: the present weights.</param>
    /// <param name="width">The standard deviation around them, a priori, more than 0.</param>
    public static Result Fit(double[][] differences, double[] won, double[] present, double width)
    {
        int features = present.Length;
        double typical = Math.Sqrt(differences.Average(row => Math.Pow(Dot(row, present), 2) + (width * width * Dot(row, row))));
        double[] sharpness = [.. Enumerable.Range(0, GridPoints).Select(i => Dullest * Math.Pow(Sharpest / Dullest, i / (GridPoints - 1.0)) / typical)];
        double[] evidence = new double[GridPoints];
        double[][] modes = new double[GridPoints][], variances = new double[GridPoints][];
        double[] start = present;
        for (int i = 0; i < GridPoints; i++)
        {
            Posterior posterior = new(differences, won, present, width, sharpness[i]);
            modes[i] = start = posterior.Mode(start);
            Cholesky precision = new(posterior.Precision(start));
            variances[i] = precision.InverseDiagonal();
            evidence[i] = posterior.LogDensity(start) - (precision.LogDeterminant / 2) - (features * Math.Log(width));
        }

        double most = evidence.Max();
        double[] likely = [.. evidence.Select(value => Math.Exp(value - most))];
        double all = likely.Sum();
        double[] weights = new double[features], deviations = new double[features];
        for (int k = 0; k < features; k++)
        {
            double mean = Enumerable.Range(0, GridPoints).Sum(i => likely[i] * modes[i][k]) / all;
            weights[k] = mean;
            deviations[k] = Math.Sqrt(Enumerable.Range(0, GridPoints).Sum(i => likely[i] * (variances[i][k] + Math.Pow(modes[i][k] - mean, 2))) / all);
        }

        return new(weights, deviations, Math.Exp(likely.Zip(sharpness, (share, value) => share * Math.Log(value)).Sum() / all));
    }

    private static double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        return sum;
    }

    /// <summary>The posterior of the weights at one β, up to a constant; its logarithm is concave.</summary>
    internal sealed class Posterior(double[][] differences, double[] won, double[] present, double width, double sharpness)
    {
        /// <summary>log p of the ratings and the weights, in nats; the prior without its constant.</summary>
        public double LogDensity(double[] weights)
        {
            double sum = 0;
            for (int i = 0; i < won.Length; i++)
            {
                // y·log σ(z) + (1 - y)·log σ(-z), without overflow.
                double z = sharpness * Dot(differences[i], weights);
                sum += (won[i] * z) - Math.Max(z, 0) - Math.Log(1 + Math.Exp(-Math.Abs(z)));
            }

            for (int k = 0; k < weights.Length; k++)
            {
                double away = (weights[k] - present[k]) / width;
                sum -= away * away / 2;
            }

            return sum;
        }

        /// <summary>The gradient of <see cref="LogDensity"/>.</summary>
        public double[] Gradient(double[] weights)
        {
            double[] gradient = [.. weights.Zip(present, (weight, centre) => (centre - weight) / (width * width))];
            for (int i = 0; i < won.Length; i++)
            {
                double left = sharpness * (won[i] - Chance(differences[i], weights));
                for (int k = 0; k < gradient.Length; k++)
                {
                    gradient[k] += left * differences[i][k];
                }
            }

            return gradient;
        }

        /// <summary>Minus the Hessian of <see cref="LogDensity"/>, the lower triangle: the precision of Laplace's approximation.</summary>
        public double[,] Precision(double[] weights)
        {
            double[,] precision = new double[weights.Length, weights.Length];
            for (int i = 0; i < won.Length; i++)
            {
                double chance = Chance(differences[i], weights), curvature = sharpness * sharpness * chance * (1 - chance);
                for (int row = 0; row < weights.Length; row++)
                {
                    double scaled = curvature * differences[i][row];
                    for (int column = 0; column <= row; column++)
                    {
                        precision[row, column] += scaled * differences[i][column];
                    }
                }
            }

            for (int k = 0; k < weights.Length; k++)
            {
                precision[k, k] += 1 / (width * width);
            }

            return precision;
        }

        /// <summary>Where the posterior is highest, by Newton's method; a step that would go too far is halved.</summary>
        /// <param name="start">Where to start from.</param>
        public double[] Mode(double[] start)
        {
            double[] weights = start;
            double density = LogDensity(weights);
            for (int step = 0; step < MostSteps; step++)
            {
                double[] gradient = Gradient(weights), direction = new Cholesky(Precision(weights)).Solve(gradient);
                double promised = Dot(gradient, direction), length = 1;
                if (promised < 1e-12)
                {
                    break;
                }

                double[] next = weights;
                double reached = double.NegativeInfinity;
                while (reached < density && length > 1e-6)
                {
                    next = [.. weights.Zip(direction, (weight, way) => weight + (length * way))];
                    reached = LogDensity(next);
                    length /= 2;
                }

                if (reached < density)
                {
                    break;
                }

                (weights, density) = (next, reached);
            }

            return weights;
        }

        private double Chance(double[] difference, double[] weights) => 1 / (1 + Math.Exp(-sharpness * Dot(difference, weights)));
    }
}
