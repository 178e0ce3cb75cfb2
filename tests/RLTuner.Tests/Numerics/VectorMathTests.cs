using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class VectorMathTests
{
    public static TheoryData<int> Lengths => [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 100, 1001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Norm_is_the_root_of_the_sum_of_squares(int length)
    {
        float[] x = Numbers(length, 1);
        Assert.Equal(Math.Sqrt(x.Sum(value => (double)value * value)), VectorMath.Norm(x), 2e-5);
        Assert.Equal(VectorMath.Norm(x), VectorMath.Norm([.. x.Select(value => -value)]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(5, 8)]
    [InlineData(4, 19)]
    [InlineData(0, 4)]
    public void SumRows_adds_each_column_in_order(int rows, int columns)
    {
        float[] x = Numbers(rows * columns, 2), sums = Numbers(columns, 3), expected = new float[columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                expected[column] += x[(row * columns) + column];
            }
        }

        VectorMath.SumRows(x, rows, sums);
        Assert.Equal(expected, sums);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AddTo_adds_each(int length)
    {
        float[] x = Numbers(length, 4), sums = Numbers(length, 5);
        float[] expected = [.. sums.Zip(x, (sum, value) => sum + value)];
        VectorMath.AddTo(x, sums);
        Assert.Equal(expected, sums);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(8, 8)]
    [InlineData(17, 9)]
    [InlineData(100, 38)]
    public void Transpose_exchanges_rows_and_columns(int rows, int columns)
    {
        float[] x = Numbers(rows * columns, 8), y = new float[x.Length], back = new float[x.Length];
        VectorMath.Transpose(x, rows, columns, y);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                Assert.Equal(x[(row * columns) + column], y[(column * rows) + row]);
            }
        }

        VectorMath.Transpose(y, columns, rows, back);
        Assert.Equal(x, back);
    }

    private static float[] Numbers(int count, ulong seed)
    {
        RandomSource random = new(seed, "numbers");
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 4) - 2))];
    }
}
