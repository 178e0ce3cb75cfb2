using System.Runtime.InteropServices;

namespace RLTuner.Numerics;

/// <summary>
/// Floats that stay where they are in memory and begin on a cache line, so that kernels may hold their address and no register's load
/// touches two lines. Arrays of one size that are walked together begin at different places of a memory page: a processor takes
/// addresses that are alike in their lowest twelve bits for the same until it has compared the rest.
/// </summary>
internal sealed unsafe class PinnedFloats
{
    private const int PageBytes = 4096, StaggerBytes = 832;

    private static int _created;

    private readonly float[] _room;
    private readonly int _first;

    /// <summary>Takes memory, all zero.</summary>
    public PinnedFloats(int length)
    {
        Length = length;
        _room = GC.AllocateArray<float>(checked(length + (2 * PageBytes / sizeof(float))), pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_room, 0);
        int place = (int)((uint)Interlocked.Increment(ref _created) * StaggerBytes % PageBytes);
        nint address = ((start + PageBytes - 1) & -PageBytes) + place;
        _first = (int)((address - start) / sizeof(float));
        Address = (float*)address;
    }

    /// <summary>How many.</summary>
    public int Length { get; }

    /// <summary>The first; valid as long as this object is held.</summary>
    public float* Address { get; }

    /// <summary>All of them.</summary>
    public Span<float> Span => _room.AsSpan(_first, Length);
}
