using RLTuner.Numerics;

namespace RLTuner.Tests.Numerics;

public sealed class MatrixProductTests
{
    [Fact]
    public void Tiled_product_equals_the_plain_one_to_the_bit_for_all_small_shapes()
    {
        RandomSource random = new(1, "matrices");
        foreach (int m in (int[])[1, 2, 3, 4, 5, 8, 13, 32])
        {
            foreach (int n in (int[])[1, 7, 8, 9, 15, 16, 17, 29, 38, 48, 64, 65, 100, 129])
            {
                foreach (int k in (int[])[0, 1, 3, 32, 100])
                {
                    float[] a = Values(random, m * k), b = Values(random, k * n), start = Values(random, m * n);
                    float[] fast = new float[m * n], plain = new float[m * n];
                    MatrixView left = k > 0 && n % 2 == 0 ? new MatrixView(a, k, m).Transposed : new MatrixView(a, m, k);
                    MatrixView summand = m % 2 == 0 ? new MatrixView(start, m, n) : MatrixView.RepeatedRow(start.AsSpan(0, n), m);
                    MatrixProduct.Multiply(left, new MatrixView(b, k, n), summand, fast);
                    MatrixProduct.MultiplyPlain(left, new MatrixView(b, k, n), summand, plain);
                    Assert.Equal(plain, fast);
                    if (n >= 8)
                    {
                        Array.Clear(fast);
                        MatrixProduct.Multiply<Lanes8>(left, new MatrixView(b, k, n), summand, fast);
                        Assert.Equal(plain, fast);
                    }
                }
            }
        }
    }

    [Fact]
    public void Plain_product_is_start_plus_a_times_b()
    {
        float[] c = new float[4];
        MatrixProduct.MultiplyPlain(
            new MatrixView([1, 2, 3, 4], 2, 2), new MatrixView([5, 6, 7, 8], 2, 2), MatrixView.RepeatedRow([100, 200], 2), c);
        Assert.Equal([119, 222, 143, 250], c);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(
            new MatrixView(new float[6], 2, 3), new MatrixView(new float[8], 2, 4), MatrixView.RepeatedRow(new float[4], 2), new float[8]));
        Assert.Throws<ArgumentException>(() => new MatrixView(new float[5], 2, 3).Rows);
    }

    private static float[] Values(RandomSource random, int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = (float)((2 * random.NextDouble()) - 1);
        }

        return values;
    }
}
