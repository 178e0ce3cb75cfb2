using System.Text.Json;
using RLTuner.NoteRnn;
using RLTuner.Runs;
using RLTuner.Studio.Serving;

namespace RLTuner.Studio.Nets;

/// <summary>The nets that a page may name.</summary>
/// <param name="studio">Whose.</param>
internal sealed class NetList(Studio studio)
{
    /// <summary>The net of a source.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    /// <exception cref="NoteRnnFormatException">Its file is damaged.</exception>
    public NoteRnnModel NetOf(Source source) => source switch
    {
        { Net: { } id, Run: null } => ShippedNoteRnn.Names.Contains(id) ? ShippedNoteRnn.Load(id) : throw StudioException.NotFound("net", id),
        { Run: { } id, Net: null } => NoteRnnFile.Load(PathOf(RunFolder.Open(Path.Combine(studio.RunsFolder, id)), source.At)),
        _ => throw new StudioException(400, "source: expected either a net or a run"),
    };

    private static string PathOf(RunFolder run, JsonElement? at) => at switch
    {
        { ValueKind: JsonValueKind.String } word when word.ValueEquals("before") => run.CheckpointPath(0),
        { ValueKind: JsonValueKind.Number } step when step.TryGetInt64(out long number) && number >= 0 => run.CheckpointPath(number),
        null or { ValueKind: JsonValueKind.String } => run.LastCheckpointPath(),
        _ => throw new StudioException(400, "source: at: expected before, now or a step of the run"),
    };
}
