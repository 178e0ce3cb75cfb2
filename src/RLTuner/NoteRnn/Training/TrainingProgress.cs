namespace RLTuner.NoteRnn.Training;

/// <summary>An epoch as it ended.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Updates">Updates of the weights since the beginning.</param>
/// <param name="LearningRate">The learning rate of the last update.</param>
/// <param name="Training">How well events were predicted while learning, with dropout.</param>
/// <param name="Validation">How well the melodies held out were predicted after it.</param>
/// <param name="IsBest">Whether no epoch before had a validation loss as low.</param>
/// <param name="EventsPerSecond">Events learned from a second.</param>
public sealed record EpochResult(
    int Epoch, long Updates, float LearningRate, PredictionSums Training, PredictionSums Validation, bool IsBest, double EventsPerSecond);

/// <summary>Why training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs were done.</summary>
    Epochs,

    /// <summary>The validation loss had not fallen for a while.</summary>
    EarlyStop,

    /// <summary>The loss became NaN: the best net so far is kept.</summary>
    Diverged,

    /// <summary>The caller asked for it.</summary>
    Cancelled,
}

/// <summary>Hears how training goes.</summary>
public interface ITrainingListener
{
    /// <summary>An update is done.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="eventsDone">Events of this epoch learned from.</param>
    /// <param name="eventsAll">Events of an epoch.</param>
    /// <param name="soFar">How well they were predicted.</param>
    void OnUpdate(int epoch, long eventsDone, long eventsAll, PredictionSums soFar);

    /// <summary>An epoch is done; the trainer may be saved here.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="result">The epoch.</param>
    void OnEpoch(NoteRnnTrainer trainer, EpochResult result);
}
