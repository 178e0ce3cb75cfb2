using System.Runtime.Intrinsics;

namespace RLTuner.Numerics;

/// <summary>
/// C = S + A·B for row-major B [k,n] and C [m,n]; A [m,k] with any strides, S [m,n] row-major or one repeated row.
/// C must not overlap the operands. Each element is k fused multiply-adds in the order of k, starting from zero, then S (added last,
/// as rounding at the size of a large bias would cost precision at each step). The order does not depend on the tiling, so
/// <see cref="Multiply"/> and <see cref="MultiplyPlain"/> agree to the bit, on every machine.
/// Fast path: register tiles of 8 or 4 rows x 2 vectors, or 1 row x 8, 4 or 3 vectors for fewer than 4 rows; the last rows and columns that
/// fill no tile are computed by one that overlaps its neighbour.
/// </summary>
internal static unsafe partial class MatrixProduct
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
