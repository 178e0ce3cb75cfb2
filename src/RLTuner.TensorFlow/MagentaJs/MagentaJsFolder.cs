using System.Reflection;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.TensorFlow.Checkpoints;
using RLTuner.TensorFlow.Nets;

namespace RLTuner.TensorFlow.MagentaJs;

/// <summary>Writes the folder that Magenta.js' MusicRNN loads: <c>config.json</c>, <c>weights_manifest.json</c>, the weights, and a page that plays.</summary>
internal static class MagentaJsFolder
{
    public const string ConfigName = "config.json", ManifestName = "weights_manifest.json", PageName = "index.html";

    private const string WeightsName = "group1-shard1of1";

    public static void Write(NoteRnnModel model, string path) => AtomicFolder.Write(path, folder =>
    {
        SavedTensorData[] tensors = [.. BasicRnnTensors.Of(model.Weights)];
        WriteJson(Path.Combine(folder, ConfigName), json => WriteConfig(json, model));
        WriteJson(Path.Combine(folder, ManifestName), json => WriteManifest(json, tensors));
        AtomicFile.Write(Path.Combine(folder, WeightsName), file => Array.ForEach(tensors, tensor => file.Write(tensor.Bytes.Span)));
        AtomicFile.Write(Path.Combine(folder, PageName), file =>
        {
            using Stream page = Assembly.GetExecutingAssembly().GetManifestResourceStream("magentajs.html")!;
            page.CopyTo(file);
        });
    });

    private static void WriteConfig(Utf8JsonWriter json, NoteRnnModel model)
    {
        json.WriteString("type", "MusicRNN");
        json.WriteStartObject("dataConverter");
        json.WriteString("type", "MelodyConverter");
        json.WriteStartObject("args");
        json.WriteNumber("minPitch", model.Encoding.Lowest.MidiNumber);
        json.WriteNumber("maxPitch", model.Encoding.Highest.MidiNumber);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter json, SavedTensorData[] tensors)
    {
        json.WriteStartArray("paths");
        json.WriteStringValue(WeightsName);
        json.WriteEndArray();
        json.WriteStartArray("weights");
        foreach (SavedTensorData tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteStartArray("shape");
            foreach (long size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteString("dtype", "float32");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An object; the manifest is a list of one.</summary>
    private static void WriteJson(string path, Action<Utf8JsonWriter> write) => AtomicFile.Write(path, file =>
    {
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        bool list = Path.GetFileName(path) == ManifestName;
        if (list)
        {
            json.WriteStartArray();
        }

        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        if (list)
        {
            json.WriteEndArray();
        }
    });
}
