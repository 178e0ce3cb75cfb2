using System.Text.Json.Nodes;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.NoteRnn.Training;

/// <summary>How well a net predicted events, each from all those before it. Sums, so that they add up over batches.</summary>
/// <param name="Events">Predictions: every event of a melody but its first.</param>
/// <param name="Nats">Σ -log p of the events.</param>
/// <param name="Right">Events that were the most probable.</param>
/// <param name="Notes">Events that start a note.</param>
/// <param name="NotesRight">Of these, those that were the most probable of all events.</param>
public readonly record struct PredictionSums(long Events, double Nats, long Right, long Notes, long NotesRight)
{
    /// <summary>The mean of -log p an event, in nats: the cross-entropy.</summary>
    public double Loss => Nats / Events;

    /// <summary>exp of <see cref="Loss"/>: among how many equally likely events the net was in doubt.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>The share of events that were the most probable.</summary>
    public double Accuracy => (double)Right / Events;

    /// <summary>The share of events that start a note that were the most probable.</summary>
    public double NoteAccuracy => (double)NotesRight / Notes;

    /// <summary>The figures of docs/metrics.md; null where a figure is no number.</summary>
    public JsonObject ToJson() => new()
    {
        ["events"] = Events,
        ["loss"] = Loss,
        ["perplexity"] = double.IsFinite(Perplexity) ? Perplexity : null, // exp of a loss that diverges
        ["accuracy"] = Accuracy,
        ["note_accuracy"] = double.IsNaN(NoteAccuracy) ? null : NoteAccuracy,
    };

    /// <summary>Judges rows of predictions and turns them into the gradient of their summed loss.</summary>
    /// <param name="logits">[rows, classes]; the gradient by each when done.</param>
    /// <param name="targets">[rows]: the events that came.</param>
    internal static PredictionSums Differentiate(Span<float> logits, ReadOnlySpan<int> targets)
    {
        double nats = 0;
        long right = 0, notes = 0, notesRight = 0;
        int classes = targets.IsEmpty ? 0 : logits.Length / targets.Length;
        for (int row = 0; row < targets.Length; row++)
        {
            nats += CrossEntropy.Differentiate(logits.Slice(row * classes, classes), targets[row], out int best);
            bool isNote = targets[row] >= MelodyEncoding.FirstPitchClass, isRight = best == targets[row];
            right += isRight ? 1 : 0;
            notes += isNote ? 1 : 0;
            notesRight += isNote && isRight ? 1 : 0;
        }

        return new PredictionSums(targets.Length, nats, right, notes, notesRight);
    }

    /// <summary>Sums without some of what they sum.</summary>
    public static PredictionSums operator -(PredictionSums a, PredictionSums b) =>
        new(a.Events - b.Events, a.Nats - b.Nats, a.Right - b.Right, a.Notes - b.Notes, a.NotesRight - b.NotesRight);

    /// <summary>The sums of both.</summary>
    public static PredictionSums operator +(PredictionSums a, PredictionSums b) =>
        new(a.Events + b.Events, a.Nats + b.Nats, a.Right + b.Right, a.Notes + b.Notes, a.NotesRight + b.NotesRight);
}
