using System.Collections.Immutable;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>Puts a tensor's slices together: every value must come from exactly one.</summary>
internal static class SliceAssembly
{
    /// <summary>The tensor's bytes, row-major and little-endian.</summary>
    /// <param name="where">The tensor, for errors.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="size">Bytes of a value.</param>
    /// <param name="slices">The slices.</param>
    /// <param name="read">Reads a slice's bytes and checks that they are as many as the slice needs.</param>
    public static byte[] Read(
        string where, ImmutableArray<long> shape, int size, IReadOnlyList<TensorSlice> slices, Func<TensorSlice, byte[]> read)
    {
        long count = TensorShapes.Count(shape, where);
        Int128 held = 0;
        foreach (TensorSlice slice in slices)
        {
            held += slice.Count;
        }

        if (held != count)
        {
            throw new CheckpointFormatException(
                where, $"expected slices of {count} values in all, found {held} in {slices.Count} slices. A shard may be missing");
        }

        // Read before allocating: what a file declares is not to be believed until its bytes are there.
        List<byte[]> values = [.. slices.Select(read)];
        if (values.Count == 1)
        {
            return values[0];
        }

        if (count > Array.MaxLength / size)
        {
            throw new CheckpointFormatException(where, $"expected a tensor below 2 GB, found {count} values");
        }

        byte[] tensor = new byte[count * size];
        bool[] filled = new bool[count];
        for (int i = 0; i < values.Count; i++)
        {
            if (!slices[i].CopyTo(values[i], tensor, shape, size, filled))
            {
                throw new CheckpointFormatException(where, "expected slices that do not overlap, found two that do");
            }
        }

        return tensor;
    }
}
