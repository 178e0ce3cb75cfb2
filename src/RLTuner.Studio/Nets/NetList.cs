using System.Collections.Concurrent;
using System.Text.Json;
using RLTuner.Files;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Studio.Jobs;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Nets;

/// <summary>The nets that a page may name: those that come with the library, those in <c>nets/</c>, and what runs have tuned.</summary>
/// <param name="studio">Whose.</param>
internal sealed class NetList(Studio studio)
{
    private const string Trained = "trained", Uploaded = "uploaded", NameEnding = ".name.txt", TrainingEnding = ".training" + NoteRnnFile.Extension;

    /// <summary>By id what was found in which file, and when that was written: nets are asked for far more often than they change.</summary>
    private readonly ConcurrentDictionary<string, (string Path, DateTime Written, NetEntry Entry)> _seen = [];

    /// <summary>Every net; one whose file cannot be read is left out.</summary>
    public IReadOnlyList<NetEntry> All =>
    [
        .. ShippedNoteRnn.Names.Select(name => EntryOf(name, name, "shipped", ShippedNoteRnn.Load(name))),
        .. Own().Select(id => TryEntry(id, NameOf(id), File.Exists(PathTo(id, TrainingEnding)) ? Trained : Uploaded, PathTo(id))).OfType<NetEntry>(),
        .. studio.Queue.All.OfType<TuneJob>().Where(job => job.Folder.NetSteps().LastOrDefault() > 0)
            .Select(job => TryEntry(job.Id, job.Record.Title, "run", job.Folder.LastCheckpointPath())).OfType<NetEntry>(),
    ];

    /// <summary>Whether there is a net of that id that no run made.</summary>
    public bool Has(string id) => ShippedNoteRnn.Names.Contains(id) || Own().Contains(id);

    /// <summary>The net of a source.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    /// <exception cref="NoteRnnFormatException">Its file is damaged.</exception>
    public NoteRnnModel NetOf(Source source) => source switch
    {
        { Net: { } id, Run: null } => Load(PathOf(id)),
        { Run: { } id, Net: null } => NoteRnnFile.Load(PathOf(RunOf(id).Folder, source.At)),
        _ => throw new StudioException(400, "source: expected either a net or a run"),
    };

    /// <summary>What the command line would call a net: a name, or a path.</summary>
    /// <exception cref="StudioException">There is none of that id.</exception>
    public string PathOf(string id) => ShippedNoteRnn.Names.Contains(id) ? id
        : Own().Contains(id) ? PathTo(id)
        : studio.Queue.Find(id) is TuneJob run ? run.Folder.LastCheckpointPath()
        : throw StudioException.NotFound("net", id);

    /// <summary>The net of a <see cref="PathOf(string)"/>.</summary>
    public static NoteRnnModel Load(string path) => ShippedNoteRnn.Names.Contains(path) ? ShippedNoteRnn.Load(path) : NoteRnnFile.Load(path);

    /// <summary>Keeps a net.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="net">The net.</param>
    /// <returns>Its id.</returns>
    public string Add(string name, NoteRnnModel net)
    {
        string id = studio.NewId(name);
        OutputFolder.Make(studio.PathTo("nets"));
        NoteRnnFile.Save(net, PathTo(id));
        SetName(id, name);
        return id;
    }

    /// <summary>Removes a net that was brought or trained, and its training; runs have the net that they began with in their own folders.</summary>
    /// <exception cref="StudioException">There is none of that id, it comes from elsewhere, or its training is not over.</exception>
    public async Task RemoveAsync(string id)
    {
        if (!Own().Contains(id))
        {
            _ = PathOf(id);
            throw new StudioException(409, $"expected a net that was brought or trained here, found '{id}', which {(Has(id) ? "comes with the program" : "a run made (remove the run)")}");
        }

        if (studio.Queue.Find(id) is { } training)
        {
            if (training.Status != JobStatus.Done)
            {
                throw new StudioException(409, $"expected a net whose training is over, found '{id}', which still learns (remove the training first)");
            }

            await studio.Queue.DeleteAsync(id).ConfigureAwait(false);
        }

        foreach (string ending in (string[])[NoteRnnFile.Extension, TrainingEnding, NameEnding])
        {
            File.Delete(PathTo(id, ending));
        }
    }

    /// <summary>What people call a net.</summary>
    public void SetName(string id, string name)
    {
        OutputFolder.Make(studio.PathTo("nets"));
        AtomicFile.Write(PathTo(id, NameEnding), file => file.Write(System.Text.Encoding.UTF8.GetBytes(name)));
    }

    /// <summary>Where the net of an id of its own lies, or is to lie.</summary>
    public string PathTo(string id, string ending = NoteRnnFile.Extension) => studio.PathTo("nets", id + ending);

    private string NameOf(string id) => File.Exists(PathTo(id, NameEnding)) ? PlainText.Of(File.ReadAllText(PathTo(id, NameEnding))) : id;

    private string[] Own() => !Directory.Exists(studio.PathTo("nets")) ? []
        : [.. Directory.EnumerateFiles(studio.PathTo("nets"), "*" + NoteRnnFile.Extension).Select(path => Path.GetFileNameWithoutExtension(path)).Where(Ids.Is).Order(StringComparer.Ordinal)];

    private TuneJob RunOf(string id) => studio.Queue.Find(id) as TuneJob ?? throw StudioException.NotFound("run", id);

    private static string PathOf(RunFolder run, JsonElement? at) => at switch
    {
        null => run.LastCheckpointPath(),
        { ValueKind: JsonValueKind.String } word when word.ValueEquals("now") => run.LastCheckpointPath(),
        { ValueKind: JsonValueKind.String } word when word.ValueEquals("before") => run.CheckpointPath(0),
        { ValueKind: JsonValueKind.Number } step when step.TryGetInt64(out long number) && number >= 0 => run.CheckpointPath(number),
        _ => throw new StudioException(400, "source: at: expected before, now or a step of the run"),
    };

    private NetEntry? TryEntry(string id, string name, string kind, string path)
    {
        try
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            if (!_seen.TryGetValue(id, out (string Path, DateTime Written, NetEntry Entry) seen) || (seen.Path, seen.Written) != (path, written))
            {
                _seen[id] = seen = (path, written, EntryOf(id, name, kind, NoteRnnFile.Load(path)));
            }

            return seen.Entry with { Name = name, Kind = kind };
        }
        catch (Exception error) when (error is NoteRnnFormatException or IOException)
        {
            return null;
        }
    }

    private static NetEntry EntryOf(string id, string name, string kind, NoteRnnModel net) =>
        new(id, name, kind, net.Shape.LayerSizes, net.Shape.Classes, net.Encoding.Lowest.ToString(), net.KnowsBeginnings);
}
