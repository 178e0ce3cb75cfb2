using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// C = S + A·B for row-major B [k,n] and C [m,n]; A [m,k] with any strides, S [m,n] row-major or one repeated row.
/// C must not overlap the operands. Each element is k fused multiply-adds in the order of k, starting from zero, then S (added last,
/// as rounding at the size of a large bias would cost precision at each step). The order does not depend on the tiling, so
/// <see cref="Multiply"/> and <see cref="MultiplyPlain"/> agree to the bit, on every machine.
/// Fast path: register tiles of 4 rows x 2 vectors, or 1 row x 8 vectors for a batch of one; the last columns that fill no
/// vector are computed by one vector that overlaps its neighbour.
/// </summary>
public static unsafe class MatrixProduct
{
    private static readonly int Width = Vector256<float>.Count;

    /// <summary>Computes C = S + A·B.</summary>
    /// <param name="a">The left factor, [m,k], any strides.</param>
    /// <param name="b">The right factor, [k,n], row-major.</param>
    /// <param name="start">The summand S, [m,n]: row-major, or <see cref="MatrixView.RepeatedRow"/> for a bias.</param>
    /// <param name="c">Receives [m,n], row-major.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(MatrixView a, MatrixView b, MatrixView start, Span<float> c)
    {
        Check(a, b, start, c);
        int n = b.Columns;
        if (n < Width)
        {
            MultiplyPlain(a, b, start, c);
            return;
        }

        fixed (float* pa = a.Values, pb = b.Values, ps = start.Values, pc = c)
        {
            Problem p = new(pa, a.RowStride, a.ColumnStride, pb, b.RowStride, ps, start.RowStride, pc, n, a.Columns);
            int tiled = a.Rows - (a.Rows % 4), column = 0;

            // Columns outside: a strip of B stays in the first-level cache while every row of A passes.
            for (; column + (2 * Width) <= n; column += 2 * Width)
            {
                for (int row = 0; row < tiled; row += 4)
                {
                    Tile4x2(p, row, column);
                }
            }

            for (; column < n; column += Width)
            {
                for (int row = 0; row < tiled; row += 4)
                {
                    Tile4x1(p, row, Math.Min(column, n - Width));
                }
            }

            for (int row = tiled; row < a.Rows; row++)
            {
                column = 0;
                for (; column + (8 * Width) <= n; column += 8 * Width)
                {
                    Tile1x8(p, row, column);
                }

                for (; column < n; column += Width)
                {
                    Tile1x1(p, row, Math.Min(column, n - Width));
                }
            }
        }
    }

    /// <summary>The same, one element after another: the oracle of the tests.</summary>
    internal static void MultiplyPlain(MatrixView a, MatrixView b, MatrixView start, Span<float> c)
    {
        for (int row = 0; row < a.Rows; row++)
        {
            for (int column = 0; column < b.Columns; column++)
            {
                float sum = 0;
                for (int k = 0; k < a.Columns; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a.Values[(row * a.RowStride) + (k * a.ColumnStride)], b.Values[(k * b.RowStride) + column], sum);
                }

                c[(row * b.Columns) + column] = start.Values[(row * start.RowStride) + column] + sum;
            }
        }
    }

    private static void Check(MatrixView a, MatrixView b, MatrixView start, Span<float> c)
    {
        if (a.Columns != b.Rows || b.ColumnStride != 1 || start.Rows != a.Rows || start.Columns != b.Columns
            || start.ColumnStride != 1 || c.Length < a.Rows * b.Columns)
        {
            throw new ArgumentException(
                $"shapes do not fit: A {a.Rows}x{a.Columns}, B {b.Rows}x{b.Columns}, S {start.Rows}x{start.Columns}, C of {c.Length} values");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile4x2(in Problem p, int row, int column)
    {
        float* a0 = p.A + (row * p.ARowStride), a1 = a0 + p.ARowStride, a2 = a1 + p.ARowStride, a3 = a2 + p.ARowStride;
        float* b = p.B + column;
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        nint step = p.AColumnStride, bStep = p.BRowStride, at = 0;
        for (int k = 0; k < p.K; k++)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Width);
            Vector256<float> x = Vector256.Create(a0[at]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a1[at]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a2[at]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a3[at]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            at += step;
            b += bStep;
        }

        Finish(p, row, column, c00);
        Finish(p, row, column + Width, c01);
        Finish(p, row + 1, column, c10);
        Finish(p, row + 1, column + Width, c11);
        Finish(p, row + 2, column, c20);
        Finish(p, row + 2, column + Width, c21);
        Finish(p, row + 3, column, c30);
        Finish(p, row + 3, column + Width, c31);
    }

    private static void Tile4x1(in Problem p, int row, int column)
    {
        float* a0 = p.A + (row * p.ARowStride), a1 = a0 + p.ARowStride, a2 = a1 + p.ARowStride, a3 = a2 + p.ARowStride;
        float* b = p.B + column;
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default;
        nint at = 0;
        for (int k = 0; k < p.K; k++)
        {
            Vector256<float> b0 = Vector256.Load(b);
            c0 = Vector256.FusedMultiplyAdd(Vector256.Create(a0[at]), b0, c0);
            c1 = Vector256.FusedMultiplyAdd(Vector256.Create(a1[at]), b0, c1);
            c2 = Vector256.FusedMultiplyAdd(Vector256.Create(a2[at]), b0, c2);
            c3 = Vector256.FusedMultiplyAdd(Vector256.Create(a3[at]), b0, c3);
            at += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, c0);
        Finish(p, row + 1, column, c1);
        Finish(p, row + 2, column, c2);
        Finish(p, row + 3, column, c3);
    }

    private static void Tile1x8(in Problem p, int row, int column)
    {
        float* a = p.A + (row * p.ARowStride);
        float* b = p.B + column;
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (int k = 0; k < p.K; k++)
        {
            Vector256<float> x = Vector256.Create(*a);
            c0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b), c0);
            c1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + Width), c1);
            c2 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + (2 * Width)), c2);
            c3 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + (3 * Width)), c3);
            c4 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + (4 * Width)), c4);
            c5 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + (5 * Width)), c5);
            c6 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + (6 * Width)), c6);
            c7 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + (7 * Width)), c7);
            a += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, c0);
        Finish(p, row, column + Width, c1);
        Finish(p, row, column + (2 * Width), c2);
        Finish(p, row, column + (3 * Width), c3);
        Finish(p, row, column + (4 * Width), c4);
        Finish(p, row, column + (5 * Width), c5);
        Finish(p, row, column + (6 * Width), c6);
        Finish(p, row, column + (7 * Width), c7);
    }

    private static void Tile1x1(in Problem p, int row, int column)
    {
        float* a = p.A + (row * p.ARowStride);
        float* b = p.B + column;
        Vector256<float> sum = default;
        for (int k = 0; k < p.K; k++)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(*a), Vector256.Load(b), sum);
            a += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Problem p, int row, int column, Vector256<float> sum) =>
        (Vector256.Load(p.S + (row * p.SRowStride) + column) + sum).Store(p.C + (row * p.N) + column);

    private readonly struct Problem(
        float* a, int aRowStride, int aColumnStride, float* b, int bRowStride, float* s, int sRowStride, float* c, int n, int k)
    {
        public readonly float* A = a, B = b, S = s, C = c;
        public readonly int ARowStride = aRowStride, AColumnStride = aColumnStride, BRowStride = bRowStride, SRowStride = sRowStride, N = n, K = k;
    }
}
