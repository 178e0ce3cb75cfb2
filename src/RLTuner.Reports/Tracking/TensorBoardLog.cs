using RLTuner.Evaluation;
using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.NoteRnn;
using RLTuner.Reports.Protos;
using RLTuner.Sweeps;
using RLTuner.Tuning;

namespace RLTuner.Reports.Tracking;

/// <summary>
/// Follows a run in TensorBoard's form (<c>tensorboard --logdir RUN/tensorboard</c>): at each window the rewards a note and a melody, each
/// rule's reward and violations a note, what the learner tells of itself, the guards against collapse, and histograms of weights and gradients.
/// docs/file-formats.md lists the tags.
/// </summary>
/// <param name="folder">Where to; made if it is not there.</param>
public sealed class TensorBoardLog(string folder) : ITuningListener
{
    private readonly TensorBoardFile _file = new(Path.Combine(folder, "events.out.tfevents.0.rltuner"));
    private NoteRnnWeights? _gradient;

    /// <summary>Forgets what was written after a step: the run goes on from there.</summary>
    /// <returns>The last step that is left: an earlier one where the file is damaged.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public long GoBackTo(long step) => _file.GoBackTo(step);

    /// <summary>Begins anew, with what tells a run of a sweep from the others.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Begin(PlannedRun run)
    {
        OutputFolder.Make(folder);
        _file.Clear();
        _file.Append(0, DateTimeOffset.UtcNow, [Hyperparameters.Begun(run)]);
    }

    /// <summary>Ends the record of a run of a sweep, after its last step: a run that is taken up there forgets it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void End(PlannedRun run) => _file.Append(run.Plan.TrainingSteps + 1, DateTimeOffset.UtcNow, [Hyperparameters.Done()]);

    /// <inheritdoc/>
    public void WindowEnding(Tuner tuner, bool last)
    {
        ArgumentNullException.ThrowIfNull(tuner);
        _gradient = tuner.Gradient();
    }

    /// <inheritdoc/>
    public void WindowEnded(TuningWindow window, NoteRnnModel net)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(net);
        OutputFolder.Make(folder);
        IEnumerable<Summary.Types.Value> gradients = _gradient is null ? [] : Distributions("gradients", _gradient);
        _file.Append(window.Step, DateTimeOffset.UtcNow, [.. Scalars(window), .. Distributions("weights", net.Weights), .. gradients]);
    }

    private static IEnumerable<Summary.Types.Value> Scalars(TuningWindow window)
    {
        double notes = window.Steps;
        List<(string Tag, double Value)> scalars =
        [
            ("note/total", window.Train.Total / notes),
            ("note/theory", window.Train.Theory / notes),
            ("note/note_rnn", window.Train.NoteRnn / notes),
            ("melody/total", window.Evaluation.Total),
            ("melody/theory", window.Evaluation.Theory),
            ("melody/note_rnn", window.Evaluation.NoteRnn),
            ("policy/kl", window.Policy.Divergence),
            ("policy/entropy", window.Policy.Entropy),
            ("policy/distinct", window.Policy.Distinct),
        ];
        scalars.AddRange(window.Music.Select(figure => ($"music/{figure.Name}", figure.Value)));
        foreach (Diagnostic figure in window.Learner)
        {
            scalars.Add(($"learner/{figure.Name}", figure.Value));
            if (figure is { Min: { } min, Max: { } max })
            {
                scalars.AddRange([($"learner/{figure.Name}_min", min), ($"learner/{figure.Name}_max", max)]);
            }
        }

        foreach (RuleLedger rule in window.Rules)
        {
            scalars.AddRange([($"rules/{rule.Name}", rule.Reward / notes), ($"violations/{rule.Name}", rule.Violated / notes)]);
        }

        return scalars.Where(scalar => double.IsFinite(scalar.Value)).Select(scalar => TensorBoardFile.Scalar(scalar.Tag, scalar.Value));
    }

    private static IEnumerable<Summary.Types.Value> Distributions(string name, NoteRnnWeights weights) => weights.Variables.Select(variable =>
        TensorBoardFile.Distribution($"{name}/{variable.Name}", weights.Values.AsSpan(variable.Offset, variable.Length)));
}
