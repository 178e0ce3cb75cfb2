using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RLTuner.Numerics;

namespace RLTuner.Benchmarking;

/// <summary>What this machine's arithmetic and memory allow one thread, measured: nothing can run faster.</summary>
/// <param name="Flops">Floating-point operations a second: multiply-adds on registers alone, each counted as two.</param>
/// <param name="CacheBytes">Bytes a second read from the second-level cache (160 KB, as much as the paper's recurrent kernel).</param>
/// <param name="MemoryBytes">Bytes a second read from memory (64 MB).</param>
public sealed record MachineLimits(double Flops, double CacheBytes, double MemoryBytes)
{
    private const int Rounds = 20_000, Chains = 10, Repeats = 9;

    internal static MachineLimits Measure()
    {
        float[] cached = new float[40_000], large = new float[16_000_000];
        large.AsSpan().Fill(1); // else every page is the same one of zeros
        bool wide = Vector512.IsHardwareAccelerated;
        double flops = Rounds * Chains * 2.0 * (wide ? Lanes16.Count : Lanes8.Count);
        float sink = 0;
        MachineLimits limits = new(
            flops / Best(() => sink += wide ? MultiplyAdd<Lanes16>() : MultiplyAdd<Lanes8>()),
            100 * 4.0 * cached.Length / Best(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    sink += Read(cached);
                }
            }),
            4.0 * large.Length / Best(() => sink += Read(large)));
        GC.KeepAlive(sink);
        return limits;
    }

    private static double Best(Action job)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            job();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float MultiplyAdd<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes x = TLanes.Broadcast(0.999f), y = TLanes.Broadcast(1e-3f);
        TLanes a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = TLanes.FusedMultiplyAdd(a, x, y);
            b = TLanes.FusedMultiplyAdd(b, x, y);
            c = TLanes.FusedMultiplyAdd(c, x, y);
            d = TLanes.FusedMultiplyAdd(d, x, y);
            e = TLanes.FusedMultiplyAdd(e, x, y);
            f = TLanes.FusedMultiplyAdd(f, x, y);
            g = TLanes.FusedMultiplyAdd(g, x, y);
            h = TLanes.FusedMultiplyAdd(h, x, y);
            i = TLanes.FusedMultiplyAdd(i, x, y);
            j = TLanes.FusedMultiplyAdd(j, x, y);
        }

        float* sum = stackalloc float[TLanes.Count];
        (a + b + c + d + e + f + g + h + i + j).Store(sum);
        return *sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Read(ReadOnlySpan<float> values)
    {
        ref float first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(values);
        Vector512<float> a = default, b = default, c = default, d = default;
        for (nuint i = 0; i + 64 <= (nuint)values.Length; i += 64)
        {
            a += Vector512.LoadUnsafe(ref first, i);
            b += Vector512.LoadUnsafe(ref first, i + 16);
            c += Vector512.LoadUnsafe(ref first, i + 32);
            d += Vector512.LoadUnsafe(ref first, i + 48);
        }

        return Vector512.Sum(a + b + c + d);
    }
}
