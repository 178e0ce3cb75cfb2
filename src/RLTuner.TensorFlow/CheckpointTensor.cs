using System.Buffers.Binary;
using System.Collections.Immutable;
using RLTuner.TensorFlow.Checkpoints;

namespace RLTuner.TensorFlow;

/// <summary>A tensor of a checkpoint. Its values are read when asked for.</summary>
public sealed class CheckpointTensor
{
    private readonly Func<byte[]> _read;

    internal CheckpointTensor(string file, string name, TensorType type, ImmutableArray<long> shape, Func<byte[]> read)
    {
        Where = $"{file}: {name}";
        Name = name;
        Type = type;
        Shape = shape;
        Count = TensorShapes.Count(shape, Where);
        _read = read;
    }

    /// <summary>Its name, such as <c>fully_connected/weights</c>.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public TensorType Type { get; }

    /// <summary>The size of each dimension; none for a single number.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Number of values.</summary>
    public long Count { get; }

    internal string Where { get; }

    /// <summary>The values of a float32 tensor, row-major.</summary>
    /// <exception cref="CheckpointFormatException">The tensor has another type, or its data are damaged or missing.</exception>
    public float[] ReadFloats() => Type == TensorType.Float32
        ? Convert(4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes))
        : throw WrongType("float32");

    /// <summary>The values of a float32 or float64 tensor, row-major.</summary>
    /// <exception cref="CheckpointFormatException">The tensor has another type, or its data are damaged or missing.</exception>
    public double[] ReadDoubles() => Type switch
    {
        TensorType.Float32 => Convert<double>(4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        TensorType.Float64 => Convert(8, bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        _ => throw WrongType("float32 or float64"),
    };

    /// <summary>The values of an int32 or int64 tensor, row-major.</summary>
    /// <exception cref="CheckpointFormatException">The tensor has another type, or its data are damaged or missing.</exception>
    public long[] ReadIntegers() => Type switch
    {
        TensorType.Int32 => Convert<long>(4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        TensorType.Int64 => Convert(8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        _ => throw WrongType("int32 or int64"),
    };

    /// <summary>Name, type and shape, such as <c>fully_connected/weights Float32 [100, 38]</c>.</summary>
    public override string ToString() => $"{Name} {Type} {TensorShapes.Text(Shape)}";

    private T[] Convert<T>(int size, Func<ReadOnlySpan<byte>, T> convert)
    {
        byte[] bytes = _read();
        T[] values = new T[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = convert(bytes.AsSpan(i * size, size));
        }

        return values;
    }

    private CheckpointFormatException WrongType(string expected) => new(Where, $"expected {expected} values, found {Type}");
}
