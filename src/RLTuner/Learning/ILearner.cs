using System.Collections.Immutable;
using RLTuner.Files;
using RLTuner.NoteRnn;

namespace RLTuner.Learning;

/// <summary>A way to learn from playing. It knows nothing of windows, files and listeners; <see cref="Tuning.Tuner"/> is the loop around it.</summary>
public interface ILearner
{
    /// <summary>Notes played so far.</summary>
    long Step { get; }

    /// <summary>The net as tuned so far, as a copy.</summary>
    NoteRnnModel Snapshot();

    /// <summary>The gradient of the last update, before clipping, as a copy; null where none is kept.</summary>
    NoteRnnWeights? Gradient() => null;

    /// <summary>Learns what is due of the notes before, then plays more and learns from them; the last one's share may wait for the next call.</summary>
    /// <param name="notes">How many to play, 1 or more; a learner of whole melodies may play some more.</param>
    /// <param name="sink">Told of each.</param>
    /// <param name="stop">Ends the call after a note.</param>
    /// <exception cref="LearningDivergedException">The loss became NaN or infinite.</exception>
    void Advance(long notes, IStepSink sink, CancellationToken stop);

    /// <summary>Learns what is due of the notes played: nothing more is played.</summary>
    void Settle()
    {
    }

    /// <summary>Figures of how it learns since they were last taken, such as the mean loss.</summary>
    ImmutableArray<Diagnostic> TakeDiagnostics();

    /// <summary>Writes all that the rest of the run depends on.</summary>
    void Save(StateWriter writer);

    /// <summary>Goes on where another learner of the same options stood.</summary>
    /// <exception cref="InvalidDataException">It was not one; this learner is of no more use.</exception>
    void Restore(StateReader reader);

    /// <summary>Starts threads that share the work, until the result is disposed of; null where there are none.</summary>
    IDisposable? Working() => null;
}

/// <summary>A learner whose melody the published program's evaluation disturbs (<see cref="Quirks.EvaluationInterrupts"/>).</summary>
public interface IInterruptible
{
    /// <summary>Others played in between: time passes for exploration, and the running melody ends.</summary>
    /// <param name="notes">How many they played.</param>
    void Interrupt(long notes);
}

/// <summary>Hears of each note that is played to learn from.</summary>
public interface IStepSink
{
    /// <summary>A note was played.</summary>
    /// <param name="reward">What it earned.</param>
    /// <param name="theory">The weighted sum of the rules, not scaled.</param>
    /// <param name="noteRnn">log p under the Note RNN, in nats.</param>
    /// <param name="rules">The weighted score of each rule, not scaled.</param>
    void Played(double reward, double theory, double noteRnn, ReadOnlySpan<double> rules);
}

/// <summary>A figure of how a learner learns.</summary>
/// <param name="Name">Such as <c>loss</c>; one name in all windows.</param>
/// <param name="Value">NaN where there was nothing to measure.</param>
/// <param name="Min">The lowest of what <paramref name="Value"/> is the mean of, where that is kept.</param>
/// <param name="Max">The highest.</param>
public readonly record struct Diagnostic(string Name, double Value, double? Min = null, double? Max = null);

/// <summary>The loss of an update became infinite or NaN; what was learned before is in the last window's net.</summary>
/// <param name="step">Notes played until then.</param>
public sealed class LearningDivergedException(long step) : Exception(
    FormattableString.Invariant($"learning diverged at step {step}: the loss became infinite or NaN (try a smaller learning rate or reward scaler)"))
{
    /// <summary>Notes played until then.</summary>
    public long Step { get; } = step;
}
