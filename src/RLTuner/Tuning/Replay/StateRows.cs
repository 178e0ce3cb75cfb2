using System.Runtime.Intrinsics.X86;

namespace RLTuner.Tuning.Replay;

/// <summary>
/// States that transitions share, each a row of floats, held once and counted: a row is free again when its last holder lets go.
/// Memory grows with the rows in use, a slab at a time.
/// </summary>
internal sealed class StateRows(int rowLength)
{
    private const int SlabRows = 256, FloatsOfCacheLine = 16;

    private readonly List<float[]> _slabs = [];
    private readonly List<int> _holders = [];
    private readonly Stack<int> _free = [];

    /// <summary>Takes a free row.</summary>
    public int Take()
    {
        if (!_free.TryPop(out int row))
        {
            row = _holders.Count;
            _holders.Add(0);
            if (row == _slabs.Count * SlabRows)
            {
                _slabs.Add(new float[SlabRows * rowLength]);
            }
        }

        _holders[row] = 1;
        return row;
    }

    /// <summary>One more holder.</summary>
    public int Share(int row)
    {
        _holders[row]++;
        return row;
    }

    /// <summary>One holder fewer.</summary>
    public void Release(int row)
    {
        if (--_holders[row] == 0)
        {
            _free.Push(row);
        }
    }

    public Span<float> this[int row] => _slabs[row / SlabRows].AsSpan(row % SlabRows * rowLength, rowLength);

    /// <summary>Tells the processor that a row will be read soon.</summary>
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            fixed (float* values = this[row])
            {
                for (int i = 0; i < rowLength; i += FloatsOfCacheLine)
                {
                    Sse.Prefetch1(values + i);
                }
            }
        }
    }
}
