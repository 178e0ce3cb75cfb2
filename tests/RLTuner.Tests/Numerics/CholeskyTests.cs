using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class CholeskyTests
{
    [Fact]
    public void A_system_is_solved_as_by_hand()
    {
        // [[4, 2], [2, 3]]: determinant 8, inverse [[3, -2], [-2, 4]] / 8. The upper triangle is not read.
        Cholesky factor = new(new double[,] { { 4, 99 }, { 2, 3 } });
        Assert.Equal(Math.Log(8), factor.LogDeterminant, 1e-14);
        Assert.All(factor.Solve([8, 16]).Zip([-1.0, 6]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.All(factor.InverseDiagonal().Zip([3.0 / 8, 0.5]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
    }

    [Fact]
    public void A_solution_fulfils_its_equations()
    {
        const int Size = 12;
        RandomSource random = new(1, "matrix");
        double[,] rows = new double[Size, Size], matrix = new double[Size, Size];
        for (int i = 0; i < Size * Size; i++)
        {
            rows[i / Size, i % Size] = random.NextDouble() - 0.5;
        }

        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                matrix[i, j] = Enumerable.Range(0, Size).Sum(k => rows[i, k] * rows[j, k]) + (i == j ? 0.1 : 0);
            }
        }

        double[] b = [.. Enumerable.Range(0, Size).Select(_ => random.NextDouble())], x = new Cholesky(matrix).Solve(b);
        Assert.All(Enumerable.Range(0, Size), i => Assert.Equal(b[i], Enumerable.Range(0, Size).Sum(k => matrix[i, k] * x[k]), 1e-10));
    }

    [Fact]
    public void What_is_not_positive_definite_is_refused() =>
        Assert.Throws<ArithmeticException>(() => new Cholesky(new double[,] { { 1, 0 }, { 2, 1 } }));
}
