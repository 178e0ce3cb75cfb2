using System.Collections.Immutable;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>A box within a tensor. Partitioned variables are saved as several.</summary>
internal sealed class TensorSlice
{
    private const long WholeDimension = -1;

    private readonly ImmutableArray<long> _starts;
    private readonly ImmutableArray<long> _lengths;

    private TensorSlice(ImmutableArray<(long Start, long Length)> stored, ImmutableArray<long> shape, string where)
    {
        StoredExtents = stored;
        _starts = [.. stored.Select(extent => extent.Start)];
        _lengths = [.. stored.Zip(shape, (extent, size) => extent.Length == WholeDimension ? size : extent.Length)];
        Count = TensorShapes.Count(_lengths, where);
    }

    /// <summary>Start and length of each dimension as keys hold them: (0, -1) is the whole dimension.</summary>
    public ImmutableArray<(long Start, long Length)> StoredExtents { get; }

    /// <summary>Values in the box.</summary>
    public long Count { get; }

    public static TensorSlice Parse(TensorSliceProto slice, ImmutableArray<long> shape, string where)
    {
        if (slice.Extent.Count != shape.Length)
        {
            throw new CheckpointFormatException(where, $"expected slices of rank {shape.Length}, found one of rank {slice.Extent.Count}");
        }

        ImmutableArray<(long, long)>.Builder stored = ImmutableArray.CreateBuilder<(long, long)>(shape.Length);
        for (int i = 0; i < shape.Length; i++)
        {
            TensorSliceProto.Types.Extent extent = slice.Extent[i];
            long length = extent.HasLength ? extent.Length : WholeDimension;
            bool whole = length == WholeDimension && extent.Start == 0;
            if (!whole && (extent.Start < 0 || length < 0 || extent.Start > shape[i] - length))
            {
                throw new CheckpointFormatException(
                    where, $"expected slices within {TensorShapes.Text(shape)}, "
                        + $"found {length} values from {extent.Start} in dimension {i}");
            }

            stored.Add((extent.Start, length));
        }

        return new TensorSlice(stored.MoveToImmutable(), shape, where);
    }

    /// <summary>Copies the slice's values (row-major) to their place in the tensor (row-major).</summary>
    /// <param name="values">The slice's bytes.</param>
    /// <param name="tensor">The tensor's bytes.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="size">Bytes of a value.</param>
    /// <param name="filled">One flag a value of the tensor, set here.</param>
    /// <returns>False where a value had been filled before.</returns>
    public bool CopyTo(ReadOnlySpan<byte> values, Span<byte> tensor, ImmutableArray<long> shape, int size, Span<bool> filled)
    {
        int rank = shape.Length;
        int run = rank == 0 ? 1 : (int)_lengths[^1];
        long[] index = new long[Math.Max(rank - 1, 0)];
        for (long done = 0; done < Count; done += run)
        {
            long place = 0;
            for (int i = 0; i < rank; i++)
            {
                place = (place * shape[i]) + _starts[i] + (i < rank - 1 ? index[i] : 0);
            }

            Span<bool> flags = filled.Slice((int)place, run);
            if (flags.Contains(true))
            {
                return false;
            }

            flags.Fill(true);
            values.Slice((int)done * size, run * size).CopyTo(tensor[((int)place * size)..]);
            for (int i = rank - 2; i >= 0 && ++index[i] == _lengths[i]; i--)
            {
                index[i] = 0;
            }
        }

        return true;
    }
}
