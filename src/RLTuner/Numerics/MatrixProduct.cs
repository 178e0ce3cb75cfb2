using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// C = S + A·B for row-major B [k,n] and C [m,n]; A [m,k] with any strides, S [m,n] row-major or one repeated row.
/// C must not overlap the operands. Each element is k fused multiply-adds in the order of k, starting from zero, then S (added last,
/// as rounding at the size of a large bias would cost precision at each step). The order does not depend on the tiling, so
/// <see cref="Multiply"/> and <see cref="MultiplyPlain"/> agree to the bit, on every machine.
/// Fast path: register tiles of 8 or 4 rows x 2 vectors, or 1 row x 8, 4 or 3 vectors for fewer than 4 rows; the last rows and columns that
/// fill no tile are computed by one that overlaps its neighbour. Tiles are compiled once and fully: what the runtime makes of them while
/// they run for the first time keeps sums in memory, and it may stay with that.
/// </summary>
public static unsafe class MatrixProduct
{
    /// <summary>Computes C = S + A·B.</summary>
    /// <param name="a">The left factor, [m,k], any strides.</param>
    /// <param name="b">The right factor, [k,n], row-major.</param>
    /// <param name="start">The summand S, [m,n]: row-major, or <see cref="MatrixView.RepeatedRow"/> for a bias.</param>
    /// <param name="c">Receives [m,n], row-major.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(MatrixView a, MatrixView b, MatrixView start, Span<float> c)
    {
        Check(a, b, start, c);
        if (b.Columns < Lanes8.Count)
        {
            MultiplyPlain(a, b, start, c);
        }
        else if (Vector512.IsHardwareAccelerated && b.Columns >= Lanes16.Count)
        {
            Multiply<Lanes16>(a, b, start, c);
        }
        else
        {
            Multiply<Lanes8>(a, b, start, c);
        }
    }

    /// <summary>The same in memory that stays where it is, unchecked; for 16 columns or more.</summary>
    internal static void MultiplyPinned(in Problem problem)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Lanes16>(problem);
        }
        else
        {
            Multiply<Lanes8>(problem);
        }
    }

    /// <summary>The same by registers of one width, no wider than B.</summary>
    internal static void Multiply<TLanes>(MatrixView a, MatrixView b, MatrixView start, Span<float> c)
        where TLanes : struct, ILanes<TLanes>
    {
        fixed (float* pa = a.Values, pb = b.Values, ps = start.Values, pc = c)
        {
            Multiply<TLanes>(new Problem(a.Rows, b.Columns, a.Columns, pa, a.RowStride, a.ColumnStride, pb, b.RowStride, ps, start.RowStride, pc));
        }
    }

    private static void Multiply<TLanes>(in Problem p)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = p.N, width = TLanes.Count, rows = p.M < 4 ? 0 : p.M, column = 0;

        // Columns outside: a strip of B stays in the first-level cache while every row of A passes.
        for (; rows > 0 && column + (2 * width) <= n; column += 2 * width)
        {
            int row = 0;
            for (; TLanes.HasManyRegisters && rows >= 8 && row + 4 < rows; row += 8)
            {
                Tile8x2<TLanes>(p, Math.Min(row, rows - 8), column);
            }

            for (; row < rows; row += 4)
            {
                Tile4x2<TLanes>(p, Math.Min(row, rows - 4), column);
            }
        }

        for (; column < n; column += width)
        {
            for (int row = 0; row < rows; row += 4)
            {
                Tile4x1<TLanes>(p, Math.Min(row, rows - 4), Math.Min(column, n - width));
            }
        }

        for (int row = rows; row < p.M; row++)
        {
            column = 0;
            for (; column + (8 * width) <= n; column += 8 * width)
            {
                Tile1x8<TLanes>(p, row, column);
            }

            for (; column + (4 * width) <= n; column += 4 * width)
            {
                Tile1x4<TLanes>(p, row, column);
            }

            for (; column + (3 * width) <= n; column += 3 * width)
            {
                Tile1x3<TLanes>(p, row, column);
            }

            for (; column < n; column += width)
            {
                Tile1x1<TLanes>(p, row, Math.Min(column, n - width));
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
            || start.ColumnStride != 1 || c.Length < (long)a.Rows * b.Columns)
        {
            throw new ArgumentException(
                $"shapes do not fit: A {a.Rows}x{a.Columns}, B {b.Rows}x{b.Columns}, S {start.Rows}x{start.Columns}, C of {c.Length} values");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        nint aStep = p.ARowStride, step = p.AColumnStride, bStep = p.BRowStride;
        float* a = p.A + (row * aStep), lower = a + (4 * aStep), b = p.B + column;
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        TLanes c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        for (int k = 0; k < p.K; k++)
        {
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TLanes x = TLanes.Broadcast(*a);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(a[aStep]);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(a[2 * aStep]);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(a[3 * aStep]);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            x = TLanes.Broadcast(*lower);
            c40 = TLanes.FusedMultiplyAdd(x, b0, c40);
            c41 = TLanes.FusedMultiplyAdd(x, b1, c41);
            x = TLanes.Broadcast(lower[aStep]);
            c50 = TLanes.FusedMultiplyAdd(x, b0, c50);
            c51 = TLanes.FusedMultiplyAdd(x, b1, c51);
            x = TLanes.Broadcast(lower[2 * aStep]);
            c60 = TLanes.FusedMultiplyAdd(x, b0, c60);
            c61 = TLanes.FusedMultiplyAdd(x, b1, c61);
            x = TLanes.Broadcast(lower[3 * aStep]);
            c70 = TLanes.FusedMultiplyAdd(x, b0, c70);
            c71 = TLanes.FusedMultiplyAdd(x, b1, c71);
            a += step;
            lower += step;
            b += bStep;
        }

        Finish(p, row, column, c00);
        Finish(p, row, column + TLanes.Count, c01);
        Finish(p, row + 1, column, c10);
        Finish(p, row + 1, column + TLanes.Count, c11);
        Finish(p, row + 2, column, c20);
        Finish(p, row + 2, column + TLanes.Count, c21);
        Finish(p, row + 3, column, c30);
        Finish(p, row + 3, column + TLanes.Count, c31);
        Finish(p, row + 4, column, c40);
        Finish(p, row + 4, column + TLanes.Count, c41);
        Finish(p, row + 5, column, c50);
        Finish(p, row + 5, column + TLanes.Count, c51);
        Finish(p, row + 6, column, c60);
        Finish(p, row + 6, column + TLanes.Count, c61);
        Finish(p, row + 7, column, c70);
        Finish(p, row + 7, column + TLanes.Count, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        float* a0 = p.A + (row * p.ARowStride), a1 = a0 + p.ARowStride, a2 = a1 + p.ARowStride, a3 = a2 + p.ARowStride;
        float* b = p.B + column;
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        nint step = p.AColumnStride, bStep = p.BRowStride, at = 0;
        for (int k = 0; k < p.K; k++)
        {
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TLanes x = TLanes.Broadcast(a0[at]);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(a1[at]);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(a2[at]);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(a3[at]);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            at += step;
            b += bStep;
        }

        Finish(p, row, column, c00);
        Finish(p, row, column + TLanes.Count, c01);
        Finish(p, row + 1, column, c10);
        Finish(p, row + 1, column + TLanes.Count, c11);
        Finish(p, row + 2, column, c20);
        Finish(p, row + 2, column + TLanes.Count, c21);
        Finish(p, row + 3, column, c30);
        Finish(p, row + 3, column + TLanes.Count, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        float* a0 = p.A + (row * p.ARowStride), a1 = a0 + p.ARowStride, a2 = a1 + p.ARowStride, a3 = a2 + p.ARowStride;
        float* b = p.B + column;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default;
        nint at = 0;
        for (int k = 0; k < p.K; k++)
        {
            TLanes b0 = TLanes.Load(b);
            c0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(a0[at]), b0, c0);
            c1 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(a1[at]), b0, c1);
            c2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(a2[at]), b0, c2);
            c3 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(a3[at]), b0, c3);
            at += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, c0);
        Finish(p, row + 1, column, c1);
        Finish(p, row + 2, column, c2);
        Finish(p, row + 3, column, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x8<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        float* a = p.A + (row * p.ARowStride);
        float* b = p.B + column;
        int width = TLanes.Count;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (int k = 0; k < p.K; k++)
        {
            TLanes x = TLanes.Broadcast(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + width), c1);
            c2 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (2 * width)), c2);
            c3 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (3 * width)), c3);
            c4 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (4 * width)), c4);
            c5 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (5 * width)), c5);
            c6 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (6 * width)), c6);
            c7 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (7 * width)), c7);
            a += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, c0);
        Finish(p, row, column + width, c1);
        Finish(p, row, column + (2 * width), c2);
        Finish(p, row, column + (3 * width), c3);
        Finish(p, row, column + (4 * width), c4);
        Finish(p, row, column + (5 * width), c5);
        Finish(p, row, column + (6 * width), c6);
        Finish(p, row, column + (7 * width), c7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x4<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        float* a = p.A + (row * p.ARowStride);
        float* b = p.B + column;
        int width = TLanes.Count;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default;
        for (int k = 0; k < p.K; k++)
        {
            TLanes x = TLanes.Broadcast(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + width), c1);
            c2 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (2 * width)), c2);
            c3 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (3 * width)), c3);
            a += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, c0);
        Finish(p, row, column + width, c1);
        Finish(p, row, column + (2 * width), c2);
        Finish(p, row, column + (3 * width), c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x3<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        float* a = p.A + (row * p.ARowStride);
        float* b = p.B + column;
        int width = TLanes.Count;
        TLanes c0 = default, c1 = default, c2 = default;
        for (int k = 0; k < p.K; k++)
        {
            TLanes x = TLanes.Broadcast(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + width), c1);
            c2 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + (2 * width)), c2);
            a += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, c0);
        Finish(p, row, column + width, c1);
        Finish(p, row, column + (2 * width), c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1<TLanes>(in Problem p, int row, int column)
        where TLanes : struct, ILanes<TLanes>
    {
        float* a = p.A + (row * p.ARowStride);
        float* b = p.B + column;
        TLanes sum = default;
        for (int k = 0; k < p.K; k++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a), TLanes.Load(b), sum);
            a += p.AColumnStride;
            b += p.BRowStride;
        }

        Finish(p, row, column, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes>(in Problem p, int row, int column, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        (TLanes.Load(p.S + (row * p.SRowStride) + column) + sum).Store(p.C + (row * p.N) + column);

    /// <summary>A product of matrices in memory that stays where it is.</summary>
    /// <param name="m">Rows of A, S and C.</param>
    /// <param name="n">Columns of B, S and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="aRowStride">Distance between its rows.</param>
    /// <param name="aColumnStride">Distance between its columns.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="bRowStride">Distance between its rows; its columns lie side by side.</param>
    /// <param name="s">The summand.</param>
    /// <param name="sRowStride">Distance between its rows; 0 for one repeated row.</param>
    /// <param name="c">Receives the result, row-major.</param>
    internal readonly struct Problem(
        int m, int n, int k, float* a, int aRowStride, int aColumnStride, float* b, int bRowStride, float* s, int sRowStride, float* c)
    {
        public readonly float* A = a, B = b, S = s, C = c;
        public readonly int M = m, N = n, K = k, ARowStride = aRowStride, AColumnStride = aColumnStride, BRowStride = bRowStride, SRowStride = sRowStride;
    }
}
