using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>Sums over rows of numbers in a fixed order (eight lanes, then across them), so that they are the same on every run and machine. Matrices are
/// row-major. Checked against plain loops.</summary>
internal static class VectorMath
{
    /// <summary>The Euclidean norm, sqrt(Σ x²).</summary>
    public static float Norm(ReadOnlySpan<float> values) => (float)Math.Sqrt(SumOfSquares(values));

    /// <summary>Σ x².</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        ref float x = ref MemoryMarshal.GetReference(values);
        const int Width = 8;
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector256<float> sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        int i = 0;
        for (; i + (8 * Width) <= values.Length; i += 8 * Width)
        {
            Square(ref sum0, Vector256.LoadUnsafe(ref x, (nuint)i));
            Square(ref sum1, Vector256.LoadUnsafe(ref x, (nuint)(i + Width)));
            Square(ref sum2, Vector256.LoadUnsafe(ref x, (nuint)(i + (2 * Width))));
            Square(ref sum3, Vector256.LoadUnsafe(ref x, (nuint)(i + (3 * Width))));
            Square(ref sum4, Vector256.LoadUnsafe(ref x, (nuint)(i + (4 * Width))));
            Square(ref sum5, Vector256.LoadUnsafe(ref x, (nuint)(i + (5 * Width))));
            Square(ref sum6, Vector256.LoadUnsafe(ref x, (nuint)(i + (6 * Width))));
            Square(ref sum7, Vector256.LoadUnsafe(ref x, (nuint)(i + (7 * Width))));
        }

        sum0 = sum0 + sum1 + (sum2 + sum3) + (sum4 + sum5 + (sum6 + sum7));
        double sum = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            sum += sum0[lane];
        }

        for (; i < values.Length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;

        static void Square(ref Vector256<float> sum, Vector256<float> x) => sum = Vector256.FusedMultiplyAdd(x, x, sum);
    }

    /// <summary>sums[c] = Σ over rows of values[r, c], row-major.</summary>
    /// <param name="values">[rows, columns], where columns is the length of <paramref name="sums"/>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="sums">Receives one sum a column.</param>
    public static void SumRows(ReadOnlySpan<float> values, int rows, Span<float> sums)
    {
        sums.Clear();
        AddRows(values[..(rows * sums.Length)], sums);
    }

    /// <summary>sums[c] += Σ over rows of values[r, c], row-major, row after row.</summary>
    /// <param name="values">[rows, columns], where columns is the length of <paramref name="sums"/>.</param>
    /// <param name="sums">One sum a column.</param>
    public static void AddRows(ReadOnlySpan<float> values, Span<float> sums)
    {
        for (int at = 0; at < values.Length; at += sums.Length)
        {
            AddTo(values.Slice(at, sums.Length), sums);
        }
    }

    /// <summary>sums[i] += values[i].</summary>
    public static void AddTo(ReadOnlySpan<float> values, Span<float> sums) => System.Numerics.Tensors.TensorPrimitives.Add(sums, values, sums);

    /// <summary>sums[i] += factor·values[i], fused; a factor of 1 is the plain sum.</summary>
    public static void AddTo(ReadOnlySpan<float> values, float factor, Span<float> sums)
    {
        if (factor == 1)
        {
            AddTo(values, sums);
        }
        else
        {
            System.Numerics.Tensors.TensorPrimitives.FusedMultiplyAdd(values, factor, sums, sums);
        }
    }

    /// <summary>sum[i] = a[i] + b[i] in memory that stays where it is; sum may be a or b.</summary>
    /// <param name="a">One summand.</param>
    /// <param name="b">The other.</param>
    /// <param name="length">How many numbers, a multiple of 16.</param>
    /// <param name="sum">Receives the sums.</param>
    internal static unsafe void Sum(float* a, float* b, int length, float* sum)
    {
        for (int i = 0; i < length; i += Vector512<float>.Count)
        {
            (Vector512.Load(a + i) + Vector512.Load(b + i)).Store(sum + i);
        }
    }

    /// <summary>sum[i] = a[i] + factor·b[i], fused, in memory that stays where it is; sum may be a or b. A factor of 1 is the plain sum.</summary>
    /// <param name="a">One summand.</param>
    /// <param name="b">The other, before it is multiplied.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="length">How many numbers, a multiple of 16.</param>
    /// <param name="sum">Receives the sums.</param>
    internal static unsafe void Sum(float* a, float* b, float factor, int length, float* sum)
    {
        if (factor == 1)
        {
            Sum(a, b, length, sum);
            return;
        }

        for (int i = 0; i < length; i += Vector512<float>.Count)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(b + i), Vector512.Create(factor), Vector512.Load(a + i)).Store(sum + i);
        }
    }

    /// <summary>sums[c] = Σ over rows of values[r, c], row after row, in memory that stays where it is.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns, a multiple of 16.</param>
    /// <param name="sums">Receives one sum a column.</param>
    internal static unsafe void SumRows(float* values, int rows, int columns, float* sums)
    {
        for (int column = 0; column < columns; column += Vector512<float>.Count)
        {
            Vector512<float> sum = default;
            for (int row = 0; row < rows; row++)
            {
                sum += Vector512.Load(values + (row * columns) + column);
            }

            sum.Store(sums + column);
        }
    }

    /// <summary>Writes the transpose of a row-major [rows, columns] matrix as row-major [columns, rows].</summary>
    public static unsafe void Transpose(ReadOnlySpan<float> values, int rows, int columns, Span<float> transposed)
    {
        int length = checked(rows * columns);
        fixed (float* from = values[..length], to = transposed[..length])
        {
            float* target = to;
            for (int column = 0; column < columns; column++)
            {
                for (float* source = from + column; source < from + length; source += columns)
                {
                    *target++ = *source;
                }
            }
        }
    }
}
