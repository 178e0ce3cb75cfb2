using System.Text;
using System.Text.Json.Nodes;
using RLTuner.Files;

namespace RLTuner.NoteRnn.Training;

/// <summary>Keeps the files of a training up to date: the best net, where training stands, and a JSON line an epoch; docs/file-formats.md defines each.</summary>
/// <param name="net">The net's file.</param>
public sealed class TrainingFiles(string net) : ITrainingListener
{
    private readonly string _log = Path.ChangeExtension(net, "training.jsonl");

    /// <summary>Where training stands, for <see cref="TrainingCheckpoint.Resume"/>.</summary>
    public string Checkpoint { get; } = Path.ChangeExtension(net, "training" + NoteRnnFile.Extension);

    /// <inheritdoc/>
    public void OnUpdate(int epoch, long eventsDone, long eventsAll, PredictionSums soFar)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void OnEpoch(NoteRnnTrainer trainer, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(result);
        if (result.IsBest || !File.Exists(net))
        {
            NoteRnnFile.Save(trainer.Best, net);
        }

        if (result.Epoch == 1)
        {
            File.Delete(_log);
        }

        TrainingCheckpoint.Save(trainer, Checkpoint);
        AtomicFile.Append(_log, file => file.Write(Encoding.UTF8.GetBytes(ToJson(result).ToJsonString() + "\n")));
    }

    private static JsonObject ToJson(EpochResult result) => new()
    {
        ["epoch"] = result.Epoch,
        ["updates"] = result.Updates,
        ["learning_rate"] = result.LearningRate,
        ["events_per_second"] = Math.Round(result.EventsPerSecond),
        ["training"] = result.Training.ToJson(),
        ["validation"] = result.Validation.ToJson(),
        ["best"] = result.IsBest,
    };
}
