using System.Text.Json;
using System.Text.Json.Nodes;
using RLTuner.Corpus;
using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Training;

namespace RLTuner.Studio.Jobs;

/// <summary>A net learns from a corpus: what <c>rltuner note-rnn train --resume</c> would do. Its steps are epochs.</summary>
/// <param name="record">How it stood when it was kept.</param>
/// <param name="corpus">The file of the corpus.</param>
/// <param name="net">Where the net goes.</param>
internal sealed class TrainJob(JobRecord record, string corpus, string net) : Job(record), ITrainingListener
{
    private readonly TrainingFiles _files = new(net);
    private double? _eventsPerSecond;

    /// <summary>Events a second.</summary>
    public override double? Speed => Status is JobStatus.Running or JobStatus.Pausing ? _eventsPerSecond : null;

    /// <summary>The net's file; it is there when an epoch is done.</summary>
    public string Net => net;

    private string Log => Path.ChangeExtension(net, "training.jsonl");

    public override bool Run(int threads, CancellationToken stop)
    {
        MelodyCorpus melodies = CorpusFile.Load(corpus);
        int epochs = (int)Record.Steps;
        NoteRnnTrainer trainer = File.Exists(_files.Checkpoint)
            ? TrainingCheckpoint.Resume(_files.Checkpoint, melodies, epochs)
            : TrainingSettings.Parse(Record.Settings ?? new Dictionary<string, string>()).Begin(melodies, epochs);
        Reached(trainer.Epoch);
        return trainer.Run(this, stop) switch
        {
            TrainingEnd.Cancelled => false,
            TrainingEnd.Diverged => throw new InvalidDataException("the loss became NaN; the best net so far is kept (try a smaller learning-rate)"),
            _ => true,
        };
    }

    public override void Extend(long steps)
    {
        if (steps > int.MaxValue)
        {
            throw new ArgumentException($"epochs: expected at most {int.MaxValue}, found {steps}");
        }
    }

    /// <summary>The net stays.</summary>
    public override void Delete()
    {
        File.Delete(_files.Checkpoint);
        File.Delete(Log);
    }

    public void OnUpdate(int epoch, long eventsDone, long eventsAll, PredictionSums soFar)
    {
    }

    public void OnEpoch(NoteRnnTrainer trainer, EpochResult result)
    {
        _files.OnEpoch(trainer, result);
        _eventsPerSecond = result.EventsPerSecond;
        Reached(result.Epoch);
        Tell(Window(result.Epoch, result.Training.Loss, result.Validation.Loss));
    }

    public override IReadOnlyList<JsonObject> Windows() => !File.Exists(Log) ? []
        : [.. Shown([.. File.ReadLines(Log)]).Select(Parse).OfType<JsonObject>()];

    public override RunSummary Summary() => new(Id, Record.Title, Record.Kind, Status, Step, Record.Steps, Speed, SecondsLeft, Record.Error, Record.Created)
    {
        Algorithm = "training",
        Net = Record.Corpus ?? "",
    };

    private static JsonObject Window(long epoch, double training, double validation) => new()
    {
        ["step"] = epoch,
        ["steps"] = 1,
        ["train"] = new JsonObject { ["loss"] = training },
        ["evaluation"] = new JsonObject { ["loss"] = validation },
    };

    /// <summary>A line of the log; null where it is damaged.</summary>
    private static JsonObject? Parse(string line)
    {
        try
        {
            JsonNode? json = JsonNode.Parse(line);
            return Window(json!["epoch"]!.GetValue<long>(), json["training"]!["loss"]!.GetValue<double>(), json["validation"]!["loss"]!.GetValue<double>());
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
