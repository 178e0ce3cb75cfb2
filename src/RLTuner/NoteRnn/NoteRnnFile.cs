using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using RLTuner.Music;
using RLTuner.Scores;

namespace RLTuner.NoteRnn;

/// <summary>
/// A Note RNN as a safetensors file (8 bytes of header length, a JSON header, then little-endian F32 data), the form that other
/// programs read too. Tensors: <c>lstm.N.kernel</c>, <c>lstm.N.bias</c>, <c>output.kernel</c>, <c>output.bias</c>, and the same under
/// <c>prior.</c> where there is a prior. Metadata: <c>format</c> and <c>lowest_pitch</c>.
/// </summary>
public static class NoteRnnFile
{
    /// <summary>The file name's ending.</summary>
    public const string Extension = ".safetensors";

    private const string FormatName = "rltuner-note-rnn";
    private const string PriorPrefix = "prior.";
    private const int HeaderLimit = 1 << 20;
    private const long FileLimit = 2L << 30;

    /// <summary>Writes a net; the file appears only when it is complete.</summary>
    /// <param name="model">The net.</param>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(NoteRnnModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        byte[] header = Header(model);
        AtomicFile.Write(path, file =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach (NoteRnnWeights weights in Nets(model))
            {
                file.Write(MemoryMarshal.AsBytes(weights.Values.AsSpan()));
            }
        });
    }

    /// <summary>Reads a net.</summary>
    /// <exception cref="NoteRnnFormatException">The file is no such net, is torn, or holds values that are not numbers.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NoteRnnModel Load(string path)
    {
        using FileStream file = File.Exists(path)
            ? File.OpenRead(path)
            : throw new FileNotFoundException($"{path}: expected a net, found no such file (check the path)", path);
        string name = Path.GetFileName(path);
        if (file.Length is < 10 or > FileLimit)
        {
            throw new NoteRnnFormatException($"{name}: expected a safetensors file of 10 bytes to 2 GiB, found {file.Length} bytes");
        }

        Span<byte> prefix = stackalloc byte[8];
        file.ReadExactly(prefix);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (headerLength is < 2 or > HeaderLimit || headerLength > file.Length - 8)
        {
            throw new NoteRnnFormatException(
                $"{name}: expected a safetensors file, found a header length of {headerLength}. Is this a TensorFlow checkpoint? Name it model.ckpt-N.");
        }

        byte[] header = new byte[headerLength];
        file.ReadExactly(header);
        long dataLength = file.Length - 8 - headerLength;
        try
        {
            using JsonDocument document = JsonDocument.Parse(header);
            return ReadNets(document.RootElement, file, dataLength, name);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            or OverflowException or IndexOutOfRangeException)
        {
            throw new NoteRnnFormatException($"{name}: the safetensors header is damaged or of another kind: {error.Message}", error);
        }
    }

    private static IEnumerable<NoteRnnWeights> Nets(NoteRnnModel model) => model.Prior is null ? [model.Weights] : [model.Weights, model.Prior];

    private static byte[] Header(NoteRnnModel model)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", FormatName);
            json.WriteString("lowest_pitch", model.Encoding.Lowest.MidiNumber.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            long start = 0;
            foreach (NoteRnnWeights weights in Nets(model))
            {
                foreach (NoteRnnWeights.Variable variable in weights.Variables)
                {
                    json.WriteStartObject((weights == model.Prior ? PriorPrefix : "") + variable.Name);
                    json.WriteString("dtype", "F32");
                    json.WriteStartArray("shape");
                    if (variable.Rows > 1)
                    {
                        json.WriteNumberValue(variable.Rows);
                    }

                    json.WriteNumberValue(variable.Columns);
                    json.WriteEndArray();
                    json.WriteStartArray("data_offsets");
                    json.WriteNumberValue(start);
                    json.WriteNumberValue(start += 4L * variable.Length);
                    json.WriteEndArray();
                    json.WriteEndObject();
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

    private static NoteRnnModel ReadNets(JsonElement root, FileStream file, long dataLength, string name)
    {
        JsonElement metadata = root.TryGetProperty("__metadata__", out JsonElement found) ? found : default;
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty("format", out JsonElement format) || format.GetString() != FormatName)
        {
            throw new NoteRnnFormatException($"{name}: expected a net saved by RLTuner (metadata format '{FormatName}'), found a safetensors file of another program");
        }

        NoteRnnShape shape = ShapeOf(root, name);
        if (NoteRnnWeights.LengthOf(shape) > dataLength / sizeof(float))
        {
            throw new NoteRnnFormatException(
                $"{name}: expected {NoteRnnWeights.LengthOf(shape)} values for {shape}, found {dataLength / sizeof(float)}. The file may be cut short.");
        }

        NoteRnnWeights weights = new(shape);
        ReadNet(weights, root, "", file, dataLength, name);
        NoteRnnWeights? prior = null;
        if (root.TryGetProperty(PriorPrefix + "output.bias", out _))
        {
            prior = new NoteRnnWeights(shape with { Positions = 0 });
            ReadNet(prior, root, PriorPrefix, file, dataLength, name);
        }

        int lowest = int.Parse(metadata.GetProperty("lowest_pitch").GetString() ?? "", CultureInfo.InvariantCulture);
        try
        {
            return new NoteRnnModel(weights, new MelodyEncoding(new Pitch(lowest), shape.Classes).Validated(), prior);
        }
        catch (ArgumentException error)
        {
            throw new NoteRnnFormatException($"{name}: {error.Message}", error);
        }
    }

    /// <summary>Sizes are read off the tensors, and every product is checked against the data that is really there.</summary>
    private static NoteRnnShape ShapeOf(JsonElement root, string name)
    {
        List<int> layers = [];
        while (root.TryGetProperty($"lstm.{layers.Count}.bias", out JsonElement bias))
        {
            int gates = bias.GetProperty("shape")[0].GetInt32();
            layers.Add(gates is > 0 and <= 4 * 16384 && gates % 4 == 0
                ? gates / 4
                : throw new NoteRnnFormatException($"{name}: lstm.{layers.Count}.bias: expected 4 values a unit, found {gates}"));
        }

        if (layers.Count == 0 || !root.TryGetProperty("output.bias", out JsonElement output))
        {
            throw new NoteRnnFormatException($"{name}: expected tensors lstm.0.bias and output.bias, found none");
        }

        int classes = output.GetProperty("shape")[0].GetInt32();
        if (classes is < 3 or > 130)
        {
            throw new NoteRnnFormatException($"{name}: output.bias: expected 3 to 130 classes, found {classes}");
        }

        // Rows of the lowest kernel beyond events and units are positions.
        int rows = root.GetProperty("lstm.0.kernel").GetProperty("shape")[0].GetInt32();
        return new NoteRnnShape(classes, [.. layers], Math.Clamp(rows - classes - layers[0], 0, 65536));
    }

    private static void ReadNet(NoteRnnWeights weights, JsonElement root, string prefix, FileStream file, long dataLength, string name)
    {
        long dataStart = file.Length - dataLength;
        foreach (NoteRnnWeights.Variable variable in weights.Variables)
        {
            string tensor = prefix + variable.Name;
            JsonElement entry = root.TryGetProperty(tensor, out JsonElement found)
                ? found
                : throw new NoteRnnFormatException($"{name}: expected a tensor {tensor}, found none");
            int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            int[] expected = variable.Rows > 1 ? [variable.Rows, variable.Columns] : [variable.Columns];
            long start = entry.GetProperty("data_offsets")[0].GetInt64(), end = entry.GetProperty("data_offsets")[1].GetInt64();
            if (!shape.SequenceEqual(expected) || entry.GetProperty("dtype").GetString() != "F32"
                || start < 0 || end > dataLength || end - start != 4L * variable.Length)
            {
                throw new NoteRnnFormatException(
                    $"{name}: {tensor}: expected F32 [{string.Join(',', expected)}] within {dataLength} bytes of data, "
                    + $"found {entry.GetProperty("dtype")} [{string.Join(',', shape)}] at {start} to {end}. The file may be cut short.");
            }

            Span<float> values = weights.Values.AsSpan(variable.Offset, variable.Length);
            file.Position = dataStart + start;
            file.ReadExactly(MemoryMarshal.AsBytes(values));
            if (values.ContainsAnyExceptInRange(-float.MaxValue, float.MaxValue))
            {
                throw new NoteRnnFormatException($"{name}: {tensor}: expected numbers, found infinity or NaN");
            }
        }
    }
}
