using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using RLTuner.Music;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Tables;

namespace RLTuner.TensorFlow.MagentaJs;

/// <summary>Reads folders of Magenta.js: a manifest of tensors in groups of files, and in <c>config.json</c> the range of pitches.</summary>
internal static class MagentaJsReader
{
    private const int MostBytes = 1 << 20, LongestName = 4096;

    /// <summary>The tensors, also of nets that RLTuner has no use for.</summary>
    /// <exception cref="CheckpointFormatException">A file is missing or damaged.</exception>
    public static IEnumerable<CheckpointTensor> Read(string folder)
    {
        FileSource manifest = new(Path.Combine(folder, MagentaJsFolder.ManifestName));
        return Parsed(manifest, root => root.EnumerateArray().SelectMany(group => Group(folder, manifest, group)).ToList());
    }

    /// <summary>The lowest pitch; null where the configuration does not say it.</summary>
    /// <exception cref="CheckpointFormatException">The configuration is damaged.</exception>
    public static Pitch? Lowest(string folder)
    {
        string path = Path.Combine(folder, MagentaJsFolder.ConfigName);
        FileSource config = new(path);
        return File.Exists(path)
            ? Parsed(config, root => root.TryGetProperty("dataConverter", out JsonElement converter) && converter.TryGetProperty("args", out JsonElement arguments)
                && arguments.TryGetProperty("minPitch", out JsonElement pitch)
                ? pitch.GetInt32() is >= 0 and <= 127 and int number ? new Pitch(number) : throw config.Error($"minPitch: expected 0 to 127, found {pitch}")
                : (Pitch?)null)
            : null;
    }

    private static T Parsed<T>(FileSource file, Func<JsonElement, T> read)
    {
        if (file.Length > MostBytes)
        {
            throw file.Error($"expected JSON of at most {MostBytes} bytes, found {file.Length}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(file.Read(0, file.Length, "JSON"));
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw file.Error($"expected a file of Magenta.js, found something else. The file is damaged or of another kind; take another copy of it", error);
        }
    }

    private static List<CheckpointTensor> Group(string folder, FileSource manifest, JsonElement group)
    {
        List<FileSource> files = [.. group.GetProperty("paths").EnumerateArray().Select(path => Beside(folder, manifest, path.GetString() ?? ""))];
        long end = files.Sum(file => file.Length), offset = 0;
        List<CheckpointTensor> tensors = [];
        foreach (JsonElement weight in group.GetProperty("weights").EnumerateArray())
        {
            string name = weight.GetProperty("name").GetString() ?? "";
            if (name.Length is 0 or > LongestName)
            {
                throw manifest.Error($"expected tensor names of 1 to {LongestName} letters, found one of {name.Length}");
            }

            ImmutableArray<long> shape = [.. weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            Storage storage = Storage.Of(weight);
            long count = TensorShapes.Count(shape, $"{manifest.Name}: {name}"), start = offset;
            if (count > (end - offset) / storage.Size)
            {
                throw manifest.Error($"{name}: expected {count} values of {storage.Size} bytes at {offset}, found the weights end at {end}. A file is cut short; copy it again");
            }

            offset += count * storage.Size;
            tensors.Add(new CheckpointTensor(
                Path.GetFileName(folder), name, storage.Type, shape, () => storage.ToFloats(Bytes(files, start, count * storage.Size))));
        }

        return tensors;
    }

    private static FileSource Beside(string folder, FileSource manifest, string name) =>
        name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..")
            ? new FileSource(Path.Combine(folder, name))
            : throw manifest.Error($"expected the names of files beside it, found '{name}'");

    /// <summary>Bytes of a group's files, which count as one.</summary>
    private static byte[] Bytes(List<FileSource> files, long start, long count)
    {
        byte[] bytes = new byte[count];
        long done = 0;
        foreach (FileSource file in files)
        {
            long from = start + done, part = Math.Clamp(Math.Min(file.Length - from, count - done), 0, count);
            file.Read(Math.Min(from, file.Length), part, "weights").CopyTo(bytes, done);
            done += part;
            start -= file.Length;
        }

        return bytes;
    }

    /// <summary>How values are stored: as float32, or as whole numbers that stand for steps of a scale.</summary>
    private sealed record Storage(TensorType Type, int Size, float Scale, float Least)
    {
        public static Storage Of(JsonElement weight) =>
            weight.TryGetProperty("quantization", out JsonElement quantized)
                ? new Storage(
                    quantized.GetProperty("dtype").GetString() is "uint8" or "uint16" ? TensorType.Float32 : TensorType.Unknown,
                    quantized.GetProperty("dtype").GetString() == "uint8" ? 1 : 2, quantized.GetProperty("scale").GetSingle(), quantized.GetProperty("min").GetSingle())
                : new Storage(
                    weight.GetProperty("dtype").GetString() switch { "float32" => TensorType.Float32, "int32" => TensorType.Int32, _ => TensorType.Unknown }, sizeof(float), 0, 0);

        public byte[] ToFloats(byte[] stored)
        {
            if (Size == sizeof(float))
            {
                return stored;
            }

            float[] values = new float[stored.Length / Size];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = ((Size == 1 ? stored[i] : BinaryPrimitives.ReadUInt16LittleEndian(stored.AsSpan(2 * i))) * Scale) + Least;
            }

            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }
    }
}
