using System.Runtime.InteropServices;
using Google.Protobuf;
using RLTuner.Onnx.Protos;

namespace RLTuner.Onnx;

/// <summary>An ONNX graph as it grows: each call adds a node, a constant, an input or an output, and gives its name.</summary>
internal sealed class GraphBuilder
{
    public const int Float32 = 1, Int64 = 7;

    private const string Batch = "batch";
    private const int IntegerAttribute = 2;

    public GraphProto Graph { get; } = new() { Name = "note_rnn" };

    /// <summary>An input of one number a melody; asked for twice, it is one.</summary>
    public string NumberInput(string name, string words)
    {
        if (!Graph.Input.Any(input => input.Name == name))
        {
            Graph.Input.Add(Value(name, Int64, null, words));
        }

        return name;
    }

    /// <summary>An input of a row of numbers a melody.</summary>
    public string RowInput(string name, int width, string words)
    {
        Graph.Input.Add(Value(name, Float32, width, words));
        return name;
    }

    /// <summary>An output of a row of numbers a melody, which a node has as its own.</summary>
    public void RowOutput(string name, int width, string words) => Graph.Output.Add(Value(name, Float32, width, words));

    public string Constant(string name, params long[] values)
    {
        if (!Graph.Initializer.Any(tensor => tensor.Name == name))
        {
            Graph.Initializer.Add(Tensor(name, Int64, MemoryMarshal.AsBytes<long>(values), values.Length));
        }

        return name;
    }

    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        Graph.Initializer.Add(Tensor(name, Float32, MemoryMarshal.AsBytes(values), shape));
        return name;
    }

    /// <summary>A node of one output.</summary>
    public string Node(string operation, string output, string[] inputs, params (string Name, long Value)[] attributes)
    {
        Node(operation, [output], inputs, attributes);
        return output;
    }

    /// <summary>A node; an empty name is an input or output left out.</summary>
    public void Node(string operation, string[] outputs, string[] inputs, params (string Name, long Value)[] attributes)
    {
        NodeProto node = new() { OpType = operation, Name = outputs.First(output => output.Length > 0) };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(attribute => new AttributeProto { Name = attribute.Name, I = attribute.Value, Type = IntegerAttribute }));
        Graph.Node.Add(node);
    }

    private static TensorProto Tensor(string name, int type, ReadOnlySpan<byte> values, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = type, RawData = ByteString.CopyFrom(values) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }

    private static ValueInfoProto Value(string name, int type, int? width, string words)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = Batch });
        if (width is int size)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto { Name = name, DocString = words, Type = new TypeProto { TensorType = new() { ElemType = type, Shape = shape } } };
    }
}
