using RLTuner.NoteRnn;
using RLTuner.NoteRnn.Packed;
using RLTuner.Numerics;
using RLTuner.Tuning.Algorithms;
using RLTuner.Tuning.Replay;

namespace RLTuner.Tuning;

/// <summary>
/// Deep Q-learning on three copies of a net: the tuned one learns, the target follows it slowly, the Note RNN stays as it is.
/// One update moves the scores of a batch of actions towards their targets: the mean squared difference is minimised by Adam,
/// each variable's gradient clipped by its norm. The nets live in packed form, and each of two shares of their units is always the
/// work of the same thread: weights stay in its cache. Checked against golden/dqn.json.
/// </summary>
public sealed class Learner
{
    private readonly TunerOptions _options;
    private readonly Algorithm _algorithm;
    private readonly NoteRnnWeights _plainTuned, _plainTarget, _plainNoteRnn;
    private readonly PackedWeights _target;
    private readonly PackedStep _tunedStep, _targetStep, _priorStep;
    private readonly NoteRnnState _tunedAfter, _targetAfter, _priorAfter;
    private readonly PinnedFloats _scores, _next, _prior, _priorGradients;
    private readonly float[] _scoreGradients;
    private readonly TrainedNet _tuned;
    private readonly TrainedNet? _trainedPrior;
    private readonly Partner _partner;
    private readonly Action<int> _forward, _score, _backward, _descend;
    private readonly int _layers, _columns;
    private Minibatch? _batch;
    private int _layer;
    private bool _plainIsOld;

    /// <summary>Creates a learner.</summary>
    /// <param name="tuned">Where learning starts; <see cref="Tuned"/> writes what was learned into it.</param>
    /// <param name="target">Where the target net starts; <see cref="Target"/> writes into it.</param>
    /// <param name="noteRnn">The net that was tuned from; changes only where the original's G-learning defect is reproduced.</param>
    /// <param name="options">Algorithm and numbers.</param>
    public Learner(NoteRnnWeights tuned, NoteRnnWeights target, NoteRnnWeights noteRnn, TunerOptions options)
        : this(tuned, target, noteRnn, options, new Partner(threads: 1))
    {
    }

    /// <summary>Creates a learner that shares its work.</summary>
    internal Learner(NoteRnnWeights tuned, NoteRnnWeights target, NoteRnnWeights noteRnn, TunerOptions options, Partner partner)
    {
        ArgumentNullException.ThrowIfNull(tuned);
        ArgumentNullException.ThrowIfNull(noteRnn);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _algorithm = options.Algorithm;
        (_plainTuned, _plainTarget, _plainNoteRnn) = (tuned, target, noteRnn);
        PackedLayout layout = new(tuned.Shape), priorLayout = noteRnn.Shape.Equals(tuned.Shape) ? layout : new(noteRnn.Shape);
        _target = new PackedWeights(layout, target);
        _tuned = new TrainedNet(new PackedWeights(layout, tuned), _target, options);
        PackedNoteRnn = new PackedWeights(priorLayout, noteRnn);
        _trainedPrior = _algorithm.AddsPrior && options.Compatibility == Compatibility.Magenta ? new TrainedNet(PackedNoteRnn, null, options) : null;

        int batch = options.MinibatchSize;
        _tunedStep = new PackedStep(layout, batch);
        _targetStep = new PackedStep(layout, batch);
        _priorStep = new PackedStep(priorLayout, batch);
        _tunedAfter = new NoteRnnState(tuned.Shape, batch);
        _targetAfter = new NoteRnnState(tuned.Shape, batch);
        _priorAfter = new NoteRnnState(noteRnn.Shape, batch);
        _layers = tuned.Shape.LayerSizes.Length;
        _columns = layout.ClassColumns;
        _scores = new PinnedFloats(batch * _columns);
        _next = new PinnedFloats(batch * _columns);
        _prior = new PinnedFloats(batch * _columns);
        _priorGradients = new PinnedFloats(batch * _columns);
        _scoreGradients = new float[batch];
        TargetValues = new float[batch];
        _partner = partner;
        _forward = Forward;
        _score = Score;
        _backward = Backward;
        _descend = Descend;
    }

    /// <summary>The net that learns, as it is now.</summary>
    public NoteRnnWeights Tuned => Plain(_plainTuned);

    /// <summary>The net that values next states, as it is now.</summary>
    public NoteRnnWeights Target => Plain(_plainTarget);

    /// <summary>The net that was tuned from, as it is now.</summary>
    public NoteRnnWeights NoteRnn => Plain(_plainNoteRnn);

    /// <summary>The net that learns, in the form that is played from.</summary>
    internal PackedWeights PackedTuned => _tuned.Weights;

    /// <summary>The net that was tuned from, in the form that is played from.</summary>
    internal PackedWeights PackedNoteRnn { get; }

    /// <summary>Whether the Note RNN changes too, as in the original's G-learning.</summary>
    internal bool TrainsPrior => _trainedPrior is not null;

    /// <summary>The targets y of the last update.</summary>
    internal float[] TargetValues { get; }

    /// <summary>The gradient of the last update, before clipping.</summary>
    internal NoteRnnWeights Gradient
    {
        get
        {
            NoteRnnWeights gradient = new(_plainTuned.Shape);
            _tuned.Gradient.Unpack(gradient);
            return gradient;
        }
    }

    /// <summary>Learns from a batch.</summary>
    /// <returns>The loss before the update: mean over the batch of (score - y)².</returns>
    public double Update(Minibatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _batch = batch;
        _plainIsOld = true;
        _tunedStep.Hear(batch.Notes, batch.Positions, batch.State, _tunedAfter);
        _targetStep.Hear(batch.NextNotes, batch.NextPositions, batch.NextState, _targetAfter);
        if (_algorithm.AddsPrior)
        {
            _priorStep.Hear(batch.NextNotes, default, batch.NextPriorState, _priorAfter);
        }

        for (_layer = 0; _layer < _layers; _layer++)
        {
            _partner.Both(_forward);
        }

        _partner.Both(_score);
        double loss = Compare(batch);
        for (_layer = _layers - 1; _layer >= 0; _layer--)
        {
            _partner.Both(_backward);
        }

        _tuned.NextStep();
        _trainedPrior?.NextStep();
        _partner.Both(_descend);
        return loss;
    }

    /// <summary>What the tuned net's optimiser knows, and the trained prior's where there is one.</summary>
    internal (OptimizerState Tuned, OptimizerState? Prior) SaveOptimizers() => (_tuned.Save(), _trainedPrior?.Save());

    /// <summary>Goes on where another learner stood; all nets in plain form.</summary>
    internal void Restore(
        NoteRnnWeights tuned,
        NoteRnnWeights target,
        NoteRnnWeights noteRnn,
        NoteRnnWeights gradient,
        OptimizerState tunedOptimizer,
        OptimizerState? priorOptimizer)
    {
        _tuned.Gradient.Pack(gradient);
        _tuned.Weights.Pack(tuned);
        _target.Pack(target);
        PackedNoteRnn.Pack(noteRnn);
        _tuned.Restore(tunedOptimizer);
        if (priorOptimizer is not null)
        {
            _trainedPrior?.Restore(priorOptimizer);
        }

        _plainIsOld = true;
    }

    private NoteRnnWeights Plain(NoteRnnWeights net)
    {
        if (_plainIsOld)
        {
            _tuned.Weights.Unpack(_plainTuned);
            _target.Unpack(_plainTarget);
            PackedNoteRnn.Unpack(_plainNoteRnn);
            _plainIsOld = false;
        }

        return net;
    }

    private void Forward(int share)
    {
        // Each thread begins with the net whose states it fetched from the replay.
        if (share == 0)
        {
            _tunedStep.Forward(_tuned.Weights, _layer, share);
            _targetStep.Forward(_target, _layer, share);
        }
        else
        {
            _targetStep.Forward(_target, _layer, share);
            _tunedStep.Forward(_tuned.Weights, _layer, share);
        }

        if (_algorithm.AddsPrior)
        {
            _priorStep.Forward(PackedNoteRnn, _layer, share);
        }
    }

    /// <summary>One share scores the actions, the other values the next states.</summary>
    private void Score(int share)
    {
        if (share == 0)
        {
            _tunedStep.Output(_tuned.Weights, _scores);
        }
        else
        {
            ValueNextStates(_batch!);
        }
    }

    /// <summary>By the target net's scores, plus log p of the Note RNN where the algorithm adds it.</summary>
    private void ValueNextStates(Minibatch batch)
    {
        _targetStep.Output(_target, _next);
        if (_algorithm.AddsPrior)
        {
            _priorStep.Output(PackedNoteRnn, _prior);
        }

        for (int row = 0; row < batch.Size; row++)
        {
            Span<float> next = Row(_next, row);
            if (_algorithm.AddsPrior)
            {
                Span<float> prior = Row(_prior, row);
                double normaliser = Softmax.LogSumExp(prior);
                for (int i = 0; i < prior.Length; i++)
                {
                    prior[i] = (float)(prior[i] - normaliser);
                    next[i] += prior[i];
                }
            }

            TargetValues[row] = _algorithm.Target(batch.Rewards[row], _options.Discount, next, batch.Ended[row]);
        }
    }

    /// <summary>The loss, and its gradient by the scores of the actions.</summary>
    private double Compare(Minibatch batch)
    {
        double loss = 0;
        for (int row = 0; row < batch.Size; row++)
        {
            float difference = Row(_scores, row)[batch.Actions[row]] - TargetValues[row];
            loss += (double)difference * difference;
            _scoreGradients[row] = 2 * difference / batch.Size;
            if (_trainedPrior is not null)
            {
                AddPriorGradient(row, -2 * difference / batch.Size);
            }
        }

        return loss / batch.Size;
    }

    /// <summary>
    /// The original lets the loss change the Note RNN through its target y: by log p'(a), dy = γ·softmax(G' + log p')(a), and by its
    /// logits, that less p'·γ.
    /// </summary>
    private void AddPriorGradient(int row, float byTarget)
    {
        Span<float> gradient = Row(_priorGradients, row), prior = Row(_prior, row);
        Softmax.Probabilities(Row(_next, row), gradient);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = byTarget * _options.Discount * (gradient[i] - MathF.Exp(prior[i]));
        }
    }

    private void Backward(int share)
    {
        bool isTop = _layer == _layers - 1;
        if (isTop)
        {
            _tunedStep.BackwardScores(_tuned.Weights, _tuned.Gradient, _batch!.Actions, _scoreGradients, share);
        }

        _tunedStep.Backward(_tuned.Weights, _tuned.Gradient, _layer, share);
        if (_trainedPrior is not null)
        {
            if (isTop)
            {
                _priorStep.BackwardLogits(PackedNoteRnn, _trainedPrior.Gradient, _priorGradients, share);
            }

            _priorStep.Backward(PackedNoteRnn, _trainedPrior.Gradient, _layer, share);
        }

        if (_layer == 0)
        {
            _tuned.Measure(share);
            _trainedPrior?.Measure(share);
        }
    }

    private void Descend(int share)
    {
        _tuned.Descend(share);
        _trainedPrior?.Descend(share);
    }

    private Span<float> Row(PinnedFloats table, int row) => table.Span.Slice(row * _columns, _plainTuned.Shape.Classes);
}
