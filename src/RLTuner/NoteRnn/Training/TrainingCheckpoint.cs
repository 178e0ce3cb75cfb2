using System.Globalization;
using System.Text.Json;
using RLTuner.Corpus;
using RLTuner.Files;

namespace RLTuner.NoteRnn.Training;

/// <summary>
/// Where training stands at the end of an epoch, as a safetensors file: the net as it is, its running mean, the best one, Adam's two moments, counters
/// and the settings. Training that goes on from it ends with the same bytes as training that was never interrupted.
/// </summary>
public static class TrainingCheckpoint
{
    private const string FormatName = "rltuner-training";

    /// <summary>Saves a trainer; the file appears only when it is complete.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(NoteRnnTrainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        TrainerState state = trainer.State;
        WeightsFile.Save(
            path,
            FormatName,
            [
                ("options", JsonSerializer.Serialize(trainer.Options, TrainingJson.Default.TrainingOptions)),
                ("corpus", trainer.CorpusHash),
                ("epoch", Text(state.Epoch)),
                ("updates", Text(state.Updates)),
                ("epochs_since_best", Text(state.EpochsSinceBest)),
                ("best_loss", state.BestLoss.ToString("R", CultureInfo.InvariantCulture)),
            ],
            [("", state.Weights), ("average.", state.Average), ("best.", state.Best), ("adam_mean.", state.AdamMean), ("adam_variance.", state.AdamVariance)]);
    }

    /// <summary>A trainer that goes on where another was saved.</summary>
    /// <param name="path">The file.</param>
    /// <param name="corpus">The corpus that the other learned from.</param>
    /// <param name="epochs">Epochs in all; those of the other by default.</param>
    /// <param name="patience">Epochs without a better loss; those of the other by default.</param>
    /// <exception cref="NoteRnnFormatException">The file is damaged or of another kind, or the corpus is another one.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NoteRnnTrainer Resume(string path, MelodyCorpus corpus, int? epochs = null, int? patience = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        using Stream stream = File.Exists(path)
            ? RegularFile.OpenRead(path)
            : throw new FileNotFoundException($"{path}: expected a training checkpoint, found no such file (start the training anew)", path);
        return WeightsFile.Read(stream, path, FormatName, file =>
        {
            TrainingOptions options = JsonSerializer.Deserialize(file.Metadata("options"), TrainingJson.Default.TrainingOptions)
                ?? throw new NoteRnnFormatException($"{file.Name}: expected training options in the metadata, found null");
            NoteRnnShape shape = file.Shape();
            NoteRnnTrainer trainer;
            try
            {
                trainer = new NoteRnnTrainer(corpus, shape.LayerSizes, options with { Epochs = epochs ?? options.Epochs, Patience = patience ?? options.Patience });
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new NoteRnnFormatException($"{file.Name}: {error.Message}", error);
            }

            if (trainer.CorpusHash != file.Metadata("corpus") || trainer.Model.Shape != shape)
            {
                throw new NoteRnnFormatException(
                    $"{file.Name}: expected the corpus that this training began with, found another one (name that corpus, or start the training anew)");
            }

            TrainerState state = new(
                file.Weights(shape),
                file.Weights(shape, "average."),
                file.Weights(shape, "best."),
                file.Weights(shape, "adam_mean."),
                file.Weights(shape, "adam_variance."),
                int.Parse(file.Metadata("epoch"), CultureInfo.InvariantCulture),
                long.Parse(file.Metadata("updates"), CultureInfo.InvariantCulture),
                int.Parse(file.Metadata("epochs_since_best"), CultureInfo.InvariantCulture),
                double.Parse(file.Metadata("best_loss"), CultureInfo.InvariantCulture));
            if (state.Epoch < 0 || state.Updates < 0 || state.EpochsSinceBest < 0 || double.IsNaN(state.BestLoss))
            {
                throw new NoteRnnFormatException($"{file.Name}: expected counters of 0 or more, found {state.Epoch} epochs and {state.Updates} updates");
            }

            trainer.State = state;
            return trainer;
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>All that changes while a trainer trains.</summary>
internal sealed record TrainerState(
    NoteRnnWeights Weights,
    NoteRnnWeights Average,
    NoteRnnWeights Best,
    NoteRnnWeights AdamMean,
    NoteRnnWeights AdamVariance,
    int Epoch,
    long Updates,
    int EpochsSinceBest,
    double BestLoss);
