using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using RLTuner.Files;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Inputs;
using RLTuner.Onnx.Protos;

namespace RLTuner.Onnx;

/// <summary>Reads the ONNX models that RLTuner wrote, by their metadata and the names of their tensors.</summary>
internal sealed class OnnxReader
{
    private const int MostLayers = 64, MostUnits = 16384;

    private readonly string _name;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, TensorProto> _tensors = [];

    private OnnxReader(string name, ModelProto model)
    {
        _name = name;
        foreach (StringStringEntryProto entry in model.MetadataProps)
        {
            _metadata.TryAdd(entry.Key, entry.Value);
        }

        foreach (TensorProto tensor in model.Graph?.Initializer ?? [])
        {
            _tensors.TryAdd(tensor.Name, tensor);
        }
    }

    /// <summary>Reads a net.</summary>
    /// <exception cref="NoteRnnFormatException">The file is no ONNX model of RLTuner, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NoteRnnModel Load(string path)
    {
        using Stream file = File.Exists(path)
            ? RegularFile.OpenRead(path)
            : throw new FileNotFoundException($"{path}: expected a net, found no such file (check the path)", path);
        if (file.Length is 0 or >= 1L << 31)
        {
            throw new NoteRnnFormatException($"{path}: expected an ONNX model of 1 byte to 2 GiB, found {file.Length} bytes (take another copy of it)");
        }

        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        try
        {
            ModelProto model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
            OnnxReader reader = new(path, model);
            return reader._metadata.GetValueOrDefault(OnnxNames.Format) == OnnxNames.FormatName
                ? reader.Net()
                : throw new NoteRnnFormatException(
                    $"{path}: expected an ONNX model that RLTuner wrote (metadata {OnnxNames.Format} '{OnnxNames.FormatName}'), found "
                    + (model.Graph is null ? "something else. The file is damaged or of another kind; take another copy of it" : $"one of {(model.ProducerName.Length > 0 ? $"'{model.ProducerName}'" : "another program")}, whose graph may be anything"));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new NoteRnnFormatException($"{path}: expected an ONNX model, found {ForeignContent.Describe(bytes) ?? "something else. The file is damaged or of another kind; take another copy of it"}", error);
        }
    }

    private NoteRnnModel Net()
    {
        int classes = Number(OnnxNames.Classes), lowest = Number(OnnxNames.LowestPitch);
        List<int> layers = [];
        while (layers.Count < MostLayers && _tensors.TryGetValue(OnnxNames.StateWeights(layers.Count), out TensorProto? tensor))
        {
            layers.Add(tensor.Dims is [1, _, >= 1 and <= MostUnits]
                ? (int)tensor.Dims[2]
                : throw Wrong(tensor.Name, $"[1, 4·units, units] of at most {MostUnits} units", $"[{string.Join(", ", tensor.Dims)}]"));
        }

        if (layers.Count == 0 || classes is < 3 or > 130)
        {
            throw Wrong("graph", "3 to 130 classes and a layer at least", $"{classes} classes and {layers.Count} layers");
        }

        try
        {
            NoteRnnShape shape = new(classes, [.. layers], NoteRnnInputs.Parse(_metadata.GetValueOrDefault(OnnxNames.Inputs, ""), classes));
            NoteRnnModel model = new(Weights(shape), new MelodyEncoding(new Pitch(lowest), classes).Validated())
            {
                KnowsBeginnings = _metadata.GetValueOrDefault(OnnxNames.Beginning) == OnnxNames.Learned,
            };
            return OnnxWriter.HashOf(model) == _metadata.GetValueOrDefault(OnnxNames.Sha256)
                ? model
                : throw new NoteRnnFormatException($"{_name}: expected the checksum of the net, found another: the file is damaged, or another program changed it. Take another copy of it");
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new NoteRnnFormatException($"{_name}: {error.Message}", error);
        }
    }

    private NoteRnnWeights Weights(NoteRnnShape shape)
    {
        long held = _tensors.Values.Sum(tensor => (long)tensor.RawData.Length) / sizeof(float);
        if (NoteRnnWeights.LengthOf(shape) > held)
        {
            throw Wrong("tensors", $"{NoteRnnWeights.LengthOf(shape)} values for {shape}", $"{held}");
        }

        NoteRnnWeights weights = new(shape);
        for (int layer = 0; layer < shape.LayerSizes.Length; layer++)
        {
            int units = shape.LayerSizes[layer], width = shape.InputSize(layer), split = width * 4 * units;
            Span<float> kernel = weights.Kernel(layer);
            LayerTensors.FromOnnx(Values(OnnxNames.InputWeights(layer), 1, 4 * units, width), units, kernel[..split]);
            LayerTensors.FromOnnx(Values(OnnxNames.StateWeights(layer), 1, 4 * units, units), units, kernel[split..]);
            LayerTensors.FromOnnx(Values(OnnxNames.Biases(layer), 1, 8 * units)[..(4 * units)], units, weights.Bias(layer));
        }

        Values(OnnxNames.OutputKernel, shape.TopSize, shape.Classes).CopyTo(weights.OutputKernel);
        Values(OnnxNames.OutputBias, shape.Classes).CopyTo(weights.OutputBias);
        return weights.Values.AsSpan().ContainsAnyExceptInRange(-float.MaxValue, float.MaxValue) ? throw Wrong("tensors", "numbers", "infinity or NaN") : weights;
    }

    private ReadOnlySpan<float> Values(string name, params long[] shape)
    {
        TensorProto? tensor = _tensors.GetValueOrDefault(name);
        long count = shape.Aggregate(1L, (product, size) => product * size);
        return tensor is { DataType: GraphBuilder.Float32 } && tensor.Dims.SequenceEqual(shape) && tensor.RawData.Length == count * sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)
            : throw Wrong(name, $"float32 [{string.Join(", ", shape)}]", tensor is null ? "none" : $"[{string.Join(", ", tensor.Dims)}], {tensor.RawData.Length} bytes");
    }

    private int Number(string key) => int.TryParse(_metadata.GetValueOrDefault(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw Wrong(key, "a number in the metadata", $"'{_metadata.GetValueOrDefault(key, "")}'");

    private NoteRnnFormatException Wrong(string part, string expected, string found) => new($"{_name}: {part}: expected {expected}, found {found}. The file is damaged");
}
