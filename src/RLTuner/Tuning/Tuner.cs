using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Composing;
using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Numerics;
using RLTuner.Settings;

namespace RLTuner.Tuning;

/// <summary>Tunes a Note RNN: lets a learner play and learn, and after each window of notes evaluates what it has become and tells the listeners.</summary>
public sealed class Tuner
{
    private const int ProgressInterval = 1000;

    private readonly LearningTask _task;
    private readonly LearnerOptions _options;
    private readonly WindowOptions _windows;
    private readonly long _trainingSteps;
    private readonly ILearner _learner;
    private readonly WindowSums _window;
    private readonly Func<IReadOnlyList<Melody>, ImmutableArray<Figure>>? _measure;

    /// <summary>Prepares a run.</summary>
    /// <param name="task">What is to be learned.</param>
    /// <param name="options">How.</param>
    /// <param name="windows">How often it is looked at.</param>
    /// <param name="trainingSteps">Notes to play and learn from, 1 or more.</param>
    /// <param name="measure">Figures of an evaluation's melodies that windows are to report; null for none.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or the learner cannot tune such a net.</exception>
    public Tuner(
        LearningTask task,
        LearnerOptions options,
        WindowOptions windows,
        long trainingSteps,
        Func<IReadOnlyList<Melody>, ImmutableArray<Figure>>? measure = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trainingSteps);
        SettingList.Check(windows, WindowOptions.Settings);
        _task = task.Validated() with { NoteRnn = task.NoteRnn with { Weights = task.NoteRnn.Weights.Clone() } };
        (_options, _windows, _trainingSteps) = (options.For(trainingSteps), windows.For(trainingSteps), trainingSteps);
        _learner = _options.Create(_task);
        _window = new WindowSums(task.Reward);
        _measure = measure;
    }

    /// <summary>Notes played so far.</summary>
    public long Step => _learner.Step;

    /// <summary>The net as tuned so far, as a copy. With G-learning its <see cref="NoteRnnModel.Prior"/> is the Note RNN.</summary>
    public NoteRnnModel Snapshot() => _learner.Snapshot();

    /// <summary>The gradient of the last update, before clipping, as a copy; null where the learner keeps none.</summary>
    public NoteRnnWeights? Gradient() => _learner.Gradient();

    /// <summary>
    /// Plays and learns until the training steps are done, a listener wants to stop, or <paramref name="stop"/> asks to stop; in each case the last
    /// window is reported.
    /// </summary>
    /// <param name="listener">Hears of progress; <see cref="TuningListeners"/> joins several.</param>
    /// <param name="stop">Stops after the current step, or after the next one where a window has just ended: the last window holds a note.</param>
    /// <exception cref="LearningDivergedException">The loss became NaN or infinite.</exception>
    public void Run(ITuningListener? listener = null, CancellationToken stop = default)
    {
        using IDisposable? working = _learner.Working();
        while (true)
        {
            bool isFull = WindowIsFull();
            if (isFull || (Step >= _trainingSteps && _window.Steps > 0))
            {
                listener?.WindowEnding(this, last: !isFull);
            }

            if (isFull)
            {
                EndWindow(listener, finished: false);
                if (listener is { WantsToStop: true })
                {
                    return;
                }
            }

            if (Step >= _trainingSteps || (stop.IsCancellationRequested && _window.Steps > 0))
            {
                break;
            }

            long thousands = Step / ProgressInterval;
            Advance(_window.Steps > 0 ? stop : CancellationToken.None);
            if (Step / ProgressInterval > thousands)
            {
                listener?.Progressed(Step);
            }
        }

        _learner.Settle();
        if (Step < _trainingSteps)
        {
            listener?.WindowEnding(this, last: true);
        }

        EndWindow(listener, finished: true);
    }

    /// <summary>
    /// Writes everything that the rest of the run depends on, so that another tuner can go on to the same bytes. The file has a checksum and
    /// appears when it is complete.
    /// </summary>
    /// <param name="path">Where to; an older file is replaced.</param>
    /// <param name="note">Anything that <see cref="RestoreState"/> is to give back.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveState(string path, string note = "") => StateFile.Write(path, writer =>
    {
        writer.Section("note", section => section.Write(note));
        writer.Section("signature", section => section.Write(Signature()));
        writer.Section("window", _window.Save);
        _learner.Save(writer);
    });

    /// <summary>
    /// Goes on where another tuner stood. It must have been made of the same task and options, save for the training steps and threads; call it before
    /// <see cref="Run"/>.
    /// </summary>
    /// <param name="path">What <see cref="SaveState"/> wrote.</param>
    /// <returns>The note.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of a run with other options; this tuner is of no more use.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string RestoreState(string path)
    {
        if (Step > 0)
        {
            throw new InvalidOperationException("a tuner that has begun cannot go on from another's state");
        }

        string note = "";
        StateFile.Read(path, reader =>
        {
            reader.Section("note", section => note = section.ReadString());
            reader.Section("signature", section =>
            {
                if (section.ReadString() is var signature && signature != Signature())
                {
                    throw new InvalidDataException($"expected the state of a run with {Signature()}, found {signature}");
                }
            });
            reader.Section("window", _window.Restore);
            _learner.Restore(reader);
        });
        return note;
    }

    /// <summary>The step at which the running window is full.</summary>
    private long WindowEnd()
    {
        long length = _windows.OutputEveryNth!.Value, offset = _task.Quirks.Has(Quirks.CountsFromZero) ? 1 : 0;
        return (((Math.Max(0, Step - _window.Steps - offset) / length) + 1) * length) + offset;
    }

    private bool WindowIsFull() => _window.Steps > 0 && Step >= WindowEnd() && Step < _trainingSteps;

    /// <summary>To the next moment at which somebody is told something. Until the window holds a note nothing stops it.</summary>
    private void Advance(CancellationToken stop)
    {
        long next = Math.Min(Math.Min(WindowEnd(), _trainingSteps), ((Step / ProgressInterval) + 1) * ProgressInterval);
        _learner.Advance(stop.CanBeCanceled || _window.Steps > 0 ? next - Step : 1, _window, stop);
    }

    private void EndWindow(ITuningListener? listener, bool finished)
    {
        if (_window.Steps == 0)
        {
            return;
        }

        long step = _task.Quirks.Has(Quirks.CountsFromZero) && !finished ? Step - 1 : Step;
        if (listener is not null)
        {
            NoteRnnModel net = Snapshot();
            (PolicyReward evaluation, ImmutableArray<Figure> music) = Evaluate(net, step);
            listener.WindowEnded(_window.ToWindow(step, evaluation, _learner.TakeDiagnostics(), _task.Quirks, finished) with { Music = music }, net);
        }
        else
        {
            _learner.TakeDiagnostics();
        }

        _window.Clear();
        if (_task.Quirks.Has(Quirks.EvaluationInterrupts) && _learner is IInterruptible interrupted && !finished)
        {
            interrupted.Interrupt((long)_windows.EvaluationMelodies * _task.MelodyLength);
        }
    }

    /// <summary>Composes without exploring, on random streams of its own: learning goes on as if it had not happened.</summary>
    private (PolicyReward Reward, ImmutableArray<Figure> Music) Evaluate(NoteRnnModel net, long step)
    {
        ulong seed = new RandomSource(_task.Seed, string.Create(CultureInfo.InvariantCulture, $"evaluation at {step}")).NextBits();
        NoteRnnPolicy tuned = new(net, _task.TimeSignature);
        IReadOnlyList<Composition> melodies =
            new Composer(tuned, _task.Primer) { Threads = _task.Threads }.Compose(_windows.EvaluationMelodies, _task.MelodyLength, seed);

        // A prior is the Note RNN as it is now: the published program's G-learning changes it.
        NoteRnnPolicy noteRnn = new(_task.NoteRnn with { Weights = net.Prior ?? _task.NoteRnn.Weights }, _task.TimeSignature);
        return (
            PolicyReward.Of(melodies, _task.Reward, noteRnn, _task.TimeSignature, tuned, _task.Threads),
            _measure?.Invoke([.. melodies.Select(composition => composition.Melody)]) ?? []);
    }

    /// <summary>What two runs must share for one to go on from the other's state.</summary>
    private string Signature()
    {
        string rules = string.Join(' ', _task.Reward.Rules.Rules.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Rule.Name}={entry.Weight:R}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_task.NoteRnn.Shape}, lowest pitch {_task.NoteRnn.Encoding.Lowest.MidiNumber}, metre {_task.TimeSignature}, rules {rules} x {_task.Reward.TheoryScale:R}, "
            + $"log p x {_task.Reward.NoteRnnScale:R}, melodies of {_task.MelodyLength}, position input {_task.PositionInput}, seed {_task.Seed}, quirks {_task.Quirks}, "
            + $"{_options}, {_windows}");
    }
}
