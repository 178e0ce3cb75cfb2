using System.Runtime.CompilerServices;

namespace RLTuner.Numerics;

/// <summary>
/// The register tiles of <see cref="MatrixProduct"/>: rows x vectors of C whose sums stay in registers while k passes. They are compiled
/// once and fully: what the runtime makes of them while they run for the first time keeps sums in memory, and it may stay with that.
/// </summary>
internal static unsafe partial class MatrixProduct
{
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
}
