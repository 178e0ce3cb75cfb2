using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.NoteRnn.Inputs;

namespace RLTuner.NoteRnn;

/// <summary>
/// Weights and a few words about them as a safetensors file: 8 bytes of header length, a JSON header, then little-endian F32 data.
/// Every length is checked against what is really there before memory is taken.
/// </summary>
internal sealed class WeightsFile : IDisposable
{
    private const int HeaderLimit = 1 << 20, MaxLayers = 64;
    private const long FileLimit = 2L << 30;

    /// <summary>The metadata that says what a net hears, where that is more than events.</summary>
    private const string InputsKey = "inputs";

    private readonly Stream _stream;
    private readonly JsonDocument _header;
    private readonly long _dataLength;

    private WeightsFile(Stream stream, JsonDocument header, long dataLength, string name)
    {
        _stream = stream;
        _header = header;
        _dataLength = dataLength;
        Name = name;
    }

    /// <summary>The file, for messages.</summary>
    public string Name { get; }

    /// <summary>Writes sets of weights; the file appears only when it is complete.</summary>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <param name="format">The kind of file.</param>
    /// <param name="metadata">What else to say.</param>
    /// <param name="sets">The weights, and what the names of their tensors begin with.</param>
    public static void Save(
        string path, string format, IEnumerable<(string Key, string Value)> metadata, IReadOnlyList<(string Prefix, NoteRnnWeights Weights)> sets)
    {
        IEnumerable<(string, string)> inputs = sets
            .Where(set => !set.Weights.Shape.Inputs.AreEvents)
            .Select(set => (set.Prefix + InputsKey, set.Weights.Shape.Inputs.ToString()));
        byte[] header = Header(format, [.. metadata, .. inputs, (WeightsChecksum.Key, WeightsChecksum.Blank)], sets);
        WeightsChecksum.Fill(header, sets.Select(set => set.Weights));
        AtomicFile.Write(path, file =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach ((_, NoteRnnWeights weights) in sets)
            {
                file.Write(MemoryMarshal.AsBytes(weights.Values.AsSpan()));
            }
        });
    }

    /// <summary>Opens a file for <paramref name="read"/>.</summary>
    /// <exception cref="NoteRnnFormatException">The file is no safetensors file, is of another kind, or is torn.</exception>
    public static T Read<T>(Stream stream, string name, string format, Func<WeightsFile, T> read)
    {
        if (stream.Length is < 10 or > FileLimit)
        {
            throw new NoteRnnFormatException($"{name}: expected a safetensors file of 10 bytes to 2 GiB, found {stream.Length} bytes (take another copy of it)");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (headerLength is < 2 or > HeaderLimit || headerLength > stream.Length - 8)
        {
            byte[] start = new byte[Math.Min(512, stream.Length)];
            stream.Position = 0;
            stream.ReadExactly(start);
            string found = ForeignContent.Describe(start) ?? $"a header length of {headerLength}. Is this a TensorFlow checkpoint? Name it model.ckpt-N.";
            throw new NoteRnnFormatException($"{name}: expected a safetensors file, found {found}");
        }

        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);
        if (!WeightsChecksum.IsRight(header, stream))
        {
            throw new NoteRnnFormatException($"{name}: the checksum is wrong: the file is damaged or cut short. Take another copy of it.");
        }

        try
        {
            using WeightsFile file = new(stream, JsonDocument.Parse(header), stream.Length - 8 - headerLength, name);
            return file.TryMetadata("format") == format
                ? read(file)
                : throw new NoteRnnFormatException($"{name}: expected a file of RLTuner (metadata format '{format}'), found a safetensors file of another kind (name a net that RLTuner wrote)");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            or OverflowException or IndexOutOfRangeException)
        {
            throw new NoteRnnFormatException($"{name}: expected the header of a net, found a damaged one or one of another kind{(error.Message.Contains("expected ", StringComparison.Ordinal) ? $": {error.Message}" : "")} (take another copy of it)", error);
        }
    }

    /// <summary>One of the words about the weights.</summary>
    /// <exception cref="NoteRnnFormatException">It is not there.</exception>
    public string Metadata(string key) =>
        TryMetadata(key) ?? throw new NoteRnnFormatException($"{Name}: expected '{key}' in the metadata, found none");

    /// <summary>One of the words about the weights, null where it is not there.</summary>
    public string? TryMetadata(string key) =>
        _header.RootElement.TryGetProperty("__metadata__", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(key, out JsonElement value)
            ? value.GetString()
            : null;

    /// <summary>Whether the file holds weights under a prefix.</summary>
    public bool Holds(string prefix) => _header.RootElement.TryGetProperty(prefix + "output.bias", out _);

    /// <summary>The sizes of a net, read off its tensors.</summary>
    public NoteRnnShape Shape(string prefix = "")
    {
        JsonElement root = _header.RootElement;
        List<int> layers = [];
        while (layers.Count < MaxLayers && root.TryGetProperty($"{prefix}lstm.{layers.Count}.bias", out JsonElement bias))
        {
            int gates = bias.GetProperty("shape")[0].GetInt32();
            layers.Add(gates is > 0 and <= 4 * 16384 && gates % 4 == 0
                ? gates / 4
                : throw new NoteRnnFormatException($"{Name}: {prefix}lstm.{layers.Count}.bias: expected 4 values a unit, found {gates}"));
        }

        if (layers.Count == 0 || !root.TryGetProperty(prefix + "output.bias", out JsonElement output))
        {
            throw new NoteRnnFormatException($"{Name}: expected tensors {prefix}lstm.0.bias and {prefix}output.bias, found none");
        }

        int classes = output.GetProperty("shape")[0].GetInt32();
        if (classes is < 3 or > 130)
        {
            throw new NoteRnnFormatException($"{Name}: {prefix}output.bias: expected 3 to 130 classes, found {classes}");
        }

        NoteRnnShape shape = new(classes, [.. layers], Inputs(prefix, classes, layers[0]));
        return NoteRnnWeights.LengthOf(shape) <= _dataLength / sizeof(float)
            ? shape
            : throw new NoteRnnFormatException(
                $"{Name}: expected {NoteRnnWeights.LengthOf(shape)} values for {shape}, found {_dataLength / sizeof(float)}. The file may be cut short.");
    }

    /// <summary>Reads weights.</summary>
    /// <param name="shape">Their sizes, those of a net in this file.</param>
    /// <param name="prefix">What their tensors' names begin with.</param>
    public NoteRnnWeights Weights(NoteRnnShape shape, string prefix = "")
    {
        NoteRnnWeights weights = new(shape);
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            ReadTensor(prefix + variable.Name, variable, weights.Values.AsSpan(variable.Offset, variable.Length));
        }

        return weights;
    }

    /// <summary>Frees the header.</summary>
    public void Dispose() => _header.Dispose();

    /// <summary>What a net hears: files of 0.1 do not say it, and hear the step where the lowest kernel has rows beyond those of events and units.</summary>
    private NoteRnnInputs Inputs(string prefix, int classes, int units)
    {
        int rows = _header.RootElement.GetProperty(prefix + "lstm.0.kernel").GetProperty("shape")[0].GetInt32(), steps = Math.Clamp(rows - classes - units, 0, 65536);
        NoteRnnInputs events = NoteRnnInputs.Events(classes);
        return TryMetadata(prefix + InputsKey) is { } words ? NoteRnnInputs.Parse(words, classes) : steps > 0 ? events.With(new StepInput(steps)) : events;
    }

    private void ReadTensor(string tensor, NoteRnnWeights.Variable variable, Span<float> values)
    {
        JsonElement entry = _header.RootElement.TryGetProperty(tensor, out JsonElement found)
            ? found
            : throw new NoteRnnFormatException($"{Name}: expected a tensor {tensor}, found none");
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        int[] expected = variable.IsKernel ? [variable.Rows, variable.Columns] : [variable.Columns];
        long start = entry.GetProperty("data_offsets")[0].GetInt64(), end = entry.GetProperty("data_offsets")[1].GetInt64();
        if (!shape.SequenceEqual(expected) || entry.GetProperty("dtype").GetString() != "F32"
            || start < 0 || start > end || end > _dataLength || end - start != 4L * variable.Length)
        {
            throw new NoteRnnFormatException(
                $"{Name}: {tensor}: expected F32 [{string.Join(',', expected)}] within {_dataLength} bytes of data, "
                + $"found {entry.GetProperty("dtype")} [{string.Join(',', shape)}] at {start} to {end}. The file may be cut short.");
        }

        _stream.Position = _stream.Length - _dataLength + start;
        _stream.ReadExactly(MemoryMarshal.AsBytes(values));
        if (values.ContainsAnyExceptInRange(-float.MaxValue, float.MaxValue))
        {
            throw new NoteRnnFormatException($"{Name}: {tensor}: expected numbers, found infinity or NaN");
        }
    }

    private static byte[] Header(
        string format, IEnumerable<(string Key, string Value)> metadata, IReadOnlyList<(string Prefix, NoteRnnWeights Weights)> sets)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", format);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long start = 0;
            foreach ((string prefix, NoteRnnWeights weights) in sets)
            {
                foreach (NoteRnnWeights.Variable variable in weights.Variables)
                {
                    WriteTensor(json, prefix + variable.Name, variable, start);
                    start += 4L * variable.Length;
                }
            }

            json.WriteEndObject();
        }

        // Data starts at a multiple of 8 bytes, as the format asks; spaces may follow the header.
        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, NoteRnnWeights.Variable variable, long start)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        if (variable.IsKernel)
        {
            json.WriteNumberValue(variable.Rows);
        }

        json.WriteNumberValue(variable.Columns);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(start + (4L * variable.Length));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
