using System.Collections.Immutable;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Checkpoints;

/// <summary>Shapes as files state them, checked.</summary>
internal static class TensorShapes
{
    private const int HighestRank = 254;

    public static ImmutableArray<long> Parse(TensorShapeProto? shape, string where)
    {
        if (shape is null)
        {
            return [];
        }

        if (shape.UnknownRank || shape.Dim.Count > HighestRank)
        {
            throw new CheckpointFormatException(where, $"expected a shape of known rank up to {HighestRank}, "
                + $"found {shape.Dim.Count} dimensions");
        }

        ImmutableArray<long> sizes = [.. shape.Dim.Select(dim => dim.Size)];
        _ = Count(sizes, where);
        return sizes;
    }

    /// <summary>The number of values; sizes must not be negative and their product must fit.</summary>
    public static long Count(ImmutableArray<long> sizes, string where)
    {
        long count = 1;
        foreach (long size in sizes)
        {
            if (size < 0 || Math.BigMul(count, size, out count) != 0 || count < 0)
            {
                throw new CheckpointFormatException(where, $"expected a shape that a file can hold, found {Text(sizes)}");
            }
        }

        return count;
    }

    public static string Text(ImmutableArray<long> sizes) => $"[{string.Join(", ", sizes)}]";
}
