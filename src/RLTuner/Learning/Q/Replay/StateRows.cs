using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace RLTuner.Learning.Q.Replay;

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

    /// <summary>Rows taken so far, held or free: their numbers are below it.</summary>
    public int Count => _holders.Count;

    /// <summary>Writes some rows; what reads them finds them numbered from 0.</summary>
    public void Save(BinaryWriter writer, List<int> rows)
    {
        writer.Write(rows.Count);
        float[] slab = new float[SlabRows * rowLength];
        for (int first = 0; first < rows.Count; first += SlabRows)
        {
            int count = Math.Min(SlabRows, rows.Count - first);
            for (int i = 0; i < count; i++)
            {
                this[rows[first + i]].CopyTo(slab.AsSpan(i * rowLength));
            }

            writer.Write(MemoryMarshal.AsBytes(slab.AsSpan(0, count * rowLength)));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into a new object; nobody holds any row until <see cref="FreeTheRest"/>.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="most">The most rows that there can be.</param>
    public void Restore(BinaryReader reader, int most)
    {
        int count = reader.ReadInt32();
        if ((uint)count > (uint)most)
        {
            throw new InvalidDataException($"expected at most {most} states, found {count}");
        }

        for (int row = 0; row < count; row += SlabRows)
        {
            float[] slab = new float[SlabRows * rowLength];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(slab.AsSpan(0, Math.Min(SlabRows, count - row) * rowLength)));
            _slabs.Add(slab);
        }

        _holders.AddRange(Enumerable.Repeat(0, count));
    }

    /// <summary>Ends a <see cref="Restore"/>: rows that nobody shares are free.</summary>
    public void FreeTheRest()
    {
        for (int row = _holders.Count - 1; row >= 0; row--)
        {
            if (_holders[row] == 0)
            {
                _free.Push(row);
            }
        }
    }

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
