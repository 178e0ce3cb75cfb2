using System.Text.Json;
using RLTuner.Corpus;
using RLTuner.Corpus.Building;
using RLTuner.Files;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Corpora;

/// <summary>A corpus in the list of the page.</summary>
/// <param name="Id">How a page names it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Melodies">Melodies to learn from and melodies held out.</param>
/// <param name="Notes">Notes in all of them.</param>
/// <param name="Remarks">What was left out of it.</param>
internal sealed record CorpusEntry(string Id, string Name, int Melodies, long Notes, IReadOnlyList<string> Remarks);

/// <summary>The corpora in <c>corpora/</c>: a <c>.corpus</c> file each, and beside it what the page shows of it.</summary>
/// <param name="folder">Where they lie.</param>
internal sealed class CorpusList(string folder)
{
    /// <summary>Every corpus.</summary>
    public IReadOnlyList<CorpusEntry> All => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*" + CorpusFile.Extension).Select(path => Path.GetFileNameWithoutExtension(path)).Where(Ids.Is).Order(StringComparer.Ordinal).Select(EntryOf).OfType<CorpusEntry>()];

    /// <summary>The file of a corpus.</summary>
    /// <exception cref="StudioException">There is none of that id.</exception>
    public string PathOf(string id) => Ids.Is(id) && File.Exists(PathTo(id)) ? PathTo(id) : throw StudioException.NotFound("corpus", id);

    /// <summary>Keeps a corpus.</summary>
    public CorpusEntry Add(string name, MelodyCorpus corpus, IReadOnlyList<string> remarks)
    {
        OutputFolder.Make(folder);
        CorpusEntry entry = EntryOf(Ids.New(name, id => File.Exists(PathTo(id))), name, corpus, remarks);
        AtomicFile.Write(PathTo(entry.Id, ".json"), file => JsonSerializer.Serialize(file, entry, StudioJson.Options));
        CorpusFile.Save(corpus, PathTo(entry.Id));
        return entry;
    }

    /// <summary>Removes a corpus; nets that learned from it stay.</summary>
    /// <exception cref="StudioException">There is none of that id.</exception>
    public void Remove(string id)
    {
        File.Delete(PathOf(id));
        File.Delete(PathTo(id, ".json"));
    }

    private string PathTo(string id, string ending = CorpusFile.Extension) => Path.Combine(folder, id + ending);

    /// <summary>A corpus that somebody else put here is counted; one that cannot be read is left out.</summary>
    private CorpusEntry? EntryOf(string id)
    {
        try
        {
            return File.Exists(PathTo(id, ".json")) && JsonSerializer.Deserialize<CorpusEntry>(File.ReadAllBytes(PathTo(id, ".json")), StudioJson.Options) is { } entry
                ? entry with { Id = id }
                : EntryOf(id, id, CorpusFile.Load(PathTo(id)), []);
        }
        catch (Exception error) when (error is JsonException or IOException or Scores.MelodyFormatException)
        {
            return null;
        }
    }

    private static CorpusEntry EntryOf(string id, string name, MelodyCorpus corpus, IReadOnlyList<string> remarks) =>
        new(id, name, corpus.Training.Length + corpus.Validation.Length, CorpusFigures.Of(corpus).Notes, remarks);
}
