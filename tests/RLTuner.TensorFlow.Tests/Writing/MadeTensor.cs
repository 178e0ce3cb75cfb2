using System.Collections.Immutable;
using RLTuner.Numerics;
using RLTuner.TensorFlow.Protos;

namespace RLTuner.TensorFlow.Tests.Writing;

/// <summary>A tensor to be written, whole or in parts along its first dimension.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its values: float[], double[], int[] or long[].</param>
/// <param name="Parts">Slices to save it in; 1 saves it whole.</param>
internal sealed record MadeTensor(string Name, ImmutableArray<long> Shape, Array Values, int Parts = 1)
{
    public TensorType Type => Values switch
    {
        float[] => TensorType.Float32,
        double[] => TensorType.Float64,
        int[] => TensorType.Int32,
        _ => TensorType.Int64,
    };

    public TensorShapeProto ShapeProto
    {
        get
        {
            TensorShapeProto proto = new();
            proto.Dim.AddRange(Shape.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
            return proto;
        }
    }

    public static MadeTensor Random(string name, ImmutableArray<long> shape, RandomSource random, int parts = 1)
    {
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((2 * random.NextDouble()) - 1);
        }

        return new MadeTensor(name, shape, values, parts);
    }

    /// <summary>The parts: what each is called in the metadata, and its first value and number of values.</summary>
    public IEnumerable<(TensorSliceProto Slice, int First, int Count)> Slices()
    {
        int row = (int)Shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        for (int part = 0; part < Parts; part++)
        {
            TensorSliceProto slice = new();
            slice.Extent.AddRange(Shape.Select(_ => new TensorSliceProto.Types.Extent()));
            int from = Parts == 1 ? 0 : (int)Shape[0] * part / Parts;
            int to = Parts == 1 ? Values.Length / Math.Max(row, 1) : (int)Shape[0] * (part + 1) / Parts;
            if (Parts > 1)
            {
                slice.Extent[0] = new() { Start = from, Length = to - from };
            }

            yield return (slice, from * row, (to - from) * row);
        }
    }

    /// <summary>Little-endian bytes of some values.</summary>
    public byte[] Bytes(int first, int count)
    {
        int size = Buffer.ByteLength(Values) / Math.Max(Values.Length, 1);
        byte[] bytes = new byte[count * size];
        Buffer.BlockCopy(Values, first * size, bytes, 0, bytes.Length);
        return bytes;
    }
}
