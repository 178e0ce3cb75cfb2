using System.Text.Json.Nodes;
using RLTuner.Corpus;

namespace RLTuner.Tests.Corpus;

/// <summary>A real MIDI file and what the original's own Python modules read from it.</summary>
internal sealed class MidiSample
{
    private MidiSample(string path, JsonObject expected)
    {
        Path = path;
        Expected = expected;
    }

    public string Path { get; }

    public JsonObject Expected { get; }

    public bool OriginalRefusesFile => Expected.ContainsKey("read_error");

    public string? QuantizeError => (string?)Expected["quantize_error"]?["type"];

    /// <summary>One row a file; a single row that skips where the folder is absent.</summary>
    public static TheoryData<string> Names()
    {
        string folder = System.IO.Path.Combine(SharedFolder.RepositoryRoot(), "..", "shared", "corpora", "midi-samples");
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.mid") : ["absent"];
        return [.. files.Order(StringComparer.Ordinal).Select(file => System.IO.Path.GetFileNameWithoutExtension(file))];
    }

    public static MidiSample Load(string name) => new(
        SharedFolder.PathTo("corpora", "midi-samples", $"{name}.mid"),
        JsonNode.Parse(File.ReadAllText(SharedFolder.PathTo("corpora", "midi-samples", "expected", $"{name}.json")))!.AsObject());

    /// <summary>The three settings of the expected melodies.</summary>
    public static IEnumerable<(string Property, MelodyExtractorOptions Options)> Settings() =>
    [
        ("default_min_bars7_min_unique5", MelodyExtractorOptions.Default),
        ("primer_min_bars0_min_unique1", MelodyExtractorOptions.Primer),
        ("pipeline_min_bars7_min_unique5_max512_reject_polyphony", MelodyExtractorOptions.Dataset),
    ];
}
